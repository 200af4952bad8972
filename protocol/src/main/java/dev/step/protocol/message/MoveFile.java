package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/**
 * FILE MOVE or COPY: gives a file another key, or a second one. Extension {@code move}.
 *
 * @param to the other key
 * @param replace whether a file of that key may be replaced
 * @param copy whether the file keeps its first key as well
 */
public record MoveFile(Key key, Key to, boolean replace, boolean copy) implements Request.OfFile {
    static MoveFile read(Fields fields, boolean copy) throws RefusedException {
        return new MoveFile(fields.key(), Key.of(fields.text(Field.TO)), fields.flag(Field.REPLACE), copy);
    }

    @Override
    public Operation operation() {
        return copy ? Operation.COPY : Operation.MOVE;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.TO, to.text());
        if (replace) {
            fields.addProperty(Field.REPLACE, true);
        }
    }
}
