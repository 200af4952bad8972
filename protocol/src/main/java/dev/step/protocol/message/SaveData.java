package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.util.Optional;

/**
 * DATA SAVE: keeps a value.
 *
 * @param key where to keep it; empty: the server makes a key
 * @param value the user's fields: every field but the key and those of the envelope, the token among them
 */
public record SaveData(Optional<Key> key, JsonObject value) implements Request.OfData {
    static SaveData read(Fields fields) throws RefusedException {
        Optional<Key> key = fields.optionalKey();
        JsonObject value = DataValue.userFields(fields.object());
        if (Json.encode(value).length > Limits.MAX_VALUE_BYTES) {
            throw new RefusedException(
                    Status.TOO_LARGE,
                    "The value is too large: more than " + Limits.MAX_VALUE_BYTES + " bytes of ASCII.");
        }
        return new SaveData(key, value);
    }

    @Override
    public Operation operation() {
        return Operation.SAVE;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void writeTo(JsonObject fields) {
        DataValue.userFields(value).entrySet().forEach(field -> fields.add(field.getKey(), field.getValue()));
        key.ifPresent(k -> fields.addProperty(Field.KEY, k.text()));
    }
}
