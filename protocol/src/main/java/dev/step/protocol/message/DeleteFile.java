package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/** FILE DELETE: removes a file, or discards its unfinished upload. */
public record DeleteFile(Key key) implements Request.OfFile {
    static DeleteFile read(Fields fields) throws RefusedException {
        return new DeleteFile(fields.key());
    }

    @Override
    public Operation operation() {
        return Operation.DELETE;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
    }
}
