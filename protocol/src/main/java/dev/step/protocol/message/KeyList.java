package dev.step.protocol.message;

import com.google.gson.JsonArray;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** A list of keys as a field. */
final class KeyList {
    private KeyList() {}

    static List<Key> read(Fields fields, String name) throws RefusedException {
        List<Key> keys = new ArrayList<>();
        for (String text : fields.optionalTexts(name).orElse(List.of())) {
            keys.add(Key.of(text));
        }
        return keys;
    }

    static JsonArray toJson(List<Key> keys) {
        JsonArray array = new JsonArray(keys.size());
        keys.forEach(key -> array.add(key.text()));
        return array;
    }
}
