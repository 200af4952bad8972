package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Answer to DATA GET without a key: a page of the values' keys.
 *
 * @param keys in the order of their UTF-8 bytes
 * @param after where the next page starts; empty when this is the last one
 */
public record DataList(List<Key> keys, Optional<String> after) implements Answer {
    public static DataList read(Fields fields) throws RefusedException {
        return new DataList(KeyList.read(fields, Field.DATA_LIST), fields.optionalText(Field.AFTER));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.add(Field.DATA_LIST, KeyList.toJson(keys));
        after.ifPresent(last -> fields.addProperty(Field.AFTER, last));
    }
}
