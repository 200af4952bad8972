package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/** FILE STATUS without a key: asks for a page of the unfinished uploads. Extension {@code status}. */
public record ListUploads(ListQuery query) implements Request.OfFile {
    static ListUploads read(Fields fields) throws RefusedException {
        return new ListUploads(ListQuery.read(fields));
    }

    @Override
    public Operation operation() {
        return Operation.STATUS;
    }

    @Override
    public void writeTo(JsonObject fields) {
        query.writeTo(fields);
    }
}
