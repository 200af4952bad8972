package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer to FILE GET without a key: a page of the finished files.
 *
 * @param keys in the order of their UTF-8 bytes
 * @param details of the same files, when asked for
 * @param folders what the delimiter gathered, each ending with it; none without a delimiter
 * @param after where the next page starts; empty when this is the last one
 */
public record FileList(List<Key> keys, Optional<List<FileDetail>> details, List<String> folders, Optional<String> after)
        implements Answer {
    public static FileList read(Fields fields) throws RefusedException {
        return new FileList(
                KeyList.read(fields, Field.FILE_LIST),
                readDetails(fields),
                fields.optionalTexts(Field.FOLDERS).orElse(List.of()),
                fields.optionalText(Field.AFTER));
    }

    private static Optional<List<FileDetail>> readDetails(Fields fields) throws RefusedException {
        Optional<List<Fields>> objects = fields.optionalObjects(Field.FILES);
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        List<FileDetail> details = new ArrayList<>();
        for (Fields object : objects.get()) {
            details.add(FileDetail.read(object));
        }
        return Optional.of(details);
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.add(Field.FILE_LIST, KeyList.toJson(keys));
        details.ifPresent(list -> {
            JsonArray objects = new JsonArray();
            list.forEach(detail -> objects.add(detail.toJson()));
            fields.add(Field.FILES, objects);
        });
        if (!folders.isEmpty()) {
            JsonArray names = new JsonArray();
            folders.forEach(names::add);
            fields.add(Field.FOLDERS, names);
        }
        after.ifPresent(last -> fields.addProperty(Field.AFTER, last));
    }
}
