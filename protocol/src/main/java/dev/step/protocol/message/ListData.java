package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/**
 * DATA GET without a key: asks for a page of the keys. Extension {@code list}; most old servers answer 410.
 *
 * @param query without delimiter and detail: the answer has no place for folders
 */
public record ListData(ListQuery query) implements Request.OfData {
    public ListData {
        query = query.keysOnly();
    }

    static ListData read(Fields fields) throws RefusedException {
        return new ListData(ListQuery.read(fields));
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
