package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/** FILE GET without a key: asks for a page of the keys. Extension {@code list}; most old servers answer 410. */
public record ListFiles(ListQuery query) implements Request.OfFile {
    static ListFiles read(Fields fields) throws RefusedException {
        return new ListFiles(ListQuery.read(fields));
    }

    @Override
    public Operation operation() {
        return Operation.GET;
    }

    @Override
    public void writeTo(JsonObject fields) {
        query.writeTo(fields);
    }
}
