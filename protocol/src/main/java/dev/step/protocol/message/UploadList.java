package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answer to FILE STATUS without a key: a page of the unfinished uploads, in the order of their keys' UTF-8 bytes.
 *
 * @param after where the next page starts; empty when this is the last one
 */
public record UploadList(List<Unfinished> uploads, Optional<String> after) implements Answer {
    /**
     * An unfinished upload.
     *
     * @param size of the whole file, in bytes, 0 or more
     * @param received how many bytes of it have arrived, 0 to size
     */
    public record Unfinished(Key key, long size, long received, String uploadId) {
        private static Unfinished read(Fields fields) throws RefusedException {
            long size = fields.size(Long.MAX_VALUE);
            long received = fields.amount(Field.RECEIVED_BYTES);
            if (received > size) {
                throw new RefusedException(
                        Status.BAD_FIELD,
                        "More bytes have arrived than the file has: " + received + " of " + size + ".");
            }
            return new Unfinished(fields.key(), size, received, fields.text(Field.UPLOAD_ID));
        }

        private JsonObject toJson() {
            JsonObject object = new JsonObject();
            object.addProperty(Field.KEY, key.text());
            object.addProperty(Field.SIZE, size);
            object.addProperty(Field.RECEIVED_BYTES, received);
            object.addProperty(Field.UPLOAD_ID, uploadId);
            return object;
        }
    }

    public static UploadList read(Fields fields) throws RefusedException {
        List<Unfinished> uploads = new ArrayList<>();
        for (Fields entry : fields.optionalObjects(Field.UPLOADS).orElse(List.of())) {
            uploads.add(Unfinished.read(entry));
        }
        return new UploadList(uploads, fields.optionalText(Field.AFTER));
    }

    @Override
    public void writeTo(JsonObject fields) {
        JsonArray array = new JsonArray(uploads.size());
        uploads.forEach(upload -> array.add(upload.toJson()));
        fields.add(Field.UPLOADS, array);
        after.ifPresent(last -> fields.addProperty(Field.AFTER, last));
    }
}
