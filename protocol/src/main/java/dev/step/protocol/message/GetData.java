package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;

/** DATA GET with a key: asks for a value. */
public record GetData(Key key) implements Request.OfData {
    static GetData read(Fields fields) throws RefusedException {
        return new GetData(fields.key());
    }

    @Override
    public Operation operation() {
        return Operation.GET;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
    }
}
