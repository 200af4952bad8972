package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.Set;

/**
 * Answer to DATA GET: the value.
 *
 * @param value the fields that were saved
 */
public record DataValue(Key key, JsonObject value) implements Answer {
    private static final Set<String> NOT_THE_USERS = Set.of(
            Field.KEY, Field.OPERATION, Field.DIRECTION, Field.TYPE, Field.TOKEN, Field.STATUS, Field.STATUS_MESSAGE);

    /** A copy with only the fields that are the user's; what says how the message travelled is not. */
    public static JsonObject userFields(JsonObject object) {
        JsonObject fields = new JsonObject();
        object.entrySet().forEach(field -> {
            if (!NOT_THE_USERS.contains(field.getKey())) {
                fields.add(field.getKey(), field.getValue());
            }
        });
        return fields;
    }

    public static DataValue read(Fields fields) throws RefusedException {
        return new DataValue(fields.key(), userFields(fields.object()));
    }

    @Override
    public void writeTo(JsonObject fields) {
        userFields(value).entrySet().forEach(field -> fields.add(field.getKey(), field.getValue()));
        fields.addProperty(Field.KEY, key.text());
    }
}
