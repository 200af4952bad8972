package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/** DATA DELETE: removes a value. */
public record DeleteData(Key key) implements Request.OfData {
    static DeleteData read(Fields fields) throws RefusedException {
        return new DeleteData(fields.key());
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
    }
}
