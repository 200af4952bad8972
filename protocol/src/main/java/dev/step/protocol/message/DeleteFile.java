package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/**
 * FILE DELETE: removes a file, and discards its unfinished upload.
 *
 * @param unfinished extension {@code replace}: discard only the unfinished upload
 */
public record DeleteFile(Key key, boolean unfinished) implements Request.OfFile {
    static DeleteFile read(Fields fields) throws RefusedException {
        return new DeleteFile(fields.key(), fields.flag(Field.UNFINISHED));
    }

    @Override
    public Operation operation() {
        return Operation.DELETE;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        if (unfinished) {
            fields.addProperty(Field.UNFINISHED, true);
        }
    }
}
