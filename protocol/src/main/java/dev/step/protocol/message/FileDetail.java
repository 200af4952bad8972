package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.List;

/**
 * A file in a detailed listing.
 *
 * @param size in bytes, 0 or more
 * @param modified when it was last changed, to the millisecond
 * @param digests those known so far
 */
public record FileDetail(Key key, long size, Instant modified, List<Digest> digests) {
    static FileDetail read(Fields fields) throws RefusedException {
        return new FileDetail(
                fields.key(),
                fields.size(Long.MAX_VALUE),
                Instant.ofEpochMilli(fields.number(Field.MODIFIED)),
                Digests.read(fields));
    }

    JsonObject toJson() {
        JsonObject object = new JsonObject();
        object.addProperty(Field.KEY, key.text());
        object.addProperty(Field.SIZE, size);
        object.addProperty(Field.MODIFIED, Times.toMillis(modified));
        Digests.write(object, digests);
        return object;
    }
}
