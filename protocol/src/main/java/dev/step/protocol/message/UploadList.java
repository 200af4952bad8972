package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer to FILE STATUS without a key: a page of the unfinished uploads, in the order of their keys' UTF-8 bytes.
 *
 * @param after where the next page starts; empty when this is the last one
 */
public record UploadList(List<Unfinished> uploads, Optional<String> after) implements Answer {
    private static final String RECEIVED_BYTES = "received_bytes";

    /**
     * An unfinished upload.
     *
     * @param size of the whole file, in bytes
     * @param received how many bytes of it have arrived
     */
    public record Unfinished(Key key, long size, long received, String uploadId) {}

    public static UploadList read(Fields fields) throws RefusedException {
        List<Unfinished> uploads = new ArrayList<>();
        for (Fields entry : fields.optionalObjects(Field.UPLOADS).orElse(List.of())) {
            uploads.add(new Unfinished(
                    entry.key(), entry.number(Field.SIZE), entry.number(RECEIVED_BYTES), entry.text(Field.UPLOAD_ID)));
        }
        return new UploadList(uploads, fields.optionalText(Field.AFTER));
    }

    @Override
    public void writeTo(JsonObject fields) {
        JsonArray array = new JsonArray(uploads.size());
        for (Unfinished upload : uploads) {
            JsonObject entry = new JsonObject();
            entry.addProperty(Field.KEY, upload.key().text());
            entry.addProperty(Field.SIZE, upload.size());
            entry.addProperty(RECEIVED_BYTES, upload.received());
            entry.addProperty(Field.UPLOAD_ID, upload.uploadId());
            array.add(entry);
        }
        fields.add(Field.UPLOADS, array);
        after.ifPresent(last -> fields.addProperty(Field.AFTER, last));
    }
}
