package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;

/** Answer to DATA SAVE, DATA DELETE, FILE DELETE, MOVE and COPY: the key that was meant. */
public record KeyAnswer(Key key) implements Answer {
    public static KeyAnswer read(Fields fields) throws RefusedException {
        return new KeyAnswer(fields.key());
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
    }
}
