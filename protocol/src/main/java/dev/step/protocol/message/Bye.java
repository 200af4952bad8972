package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.ResourceType;

/** BYE of any type: the client is about to leave. Old servers never answer it. */
public record Bye(ResourceType type) implements Request.OfSession {
    @Override
    public Operation operation() {
        return Operation.BYE;
    }

    @Override
    public void writeTo(JsonObject fields) {}
}
