package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.ResourceType;

/** AUTH STATUS: asks who the caller is and what it uses. Extension {@code status}. */
public record SessionStatus() implements Request.OfSession {
    @Override
    public Operation operation() {
        return Operation.STATUS;
    }

    @Override
    public ResourceType type() {
        return ResourceType.AUTH;
    }

    @Override
    public void writeTo(JsonObject fields) {}
}
