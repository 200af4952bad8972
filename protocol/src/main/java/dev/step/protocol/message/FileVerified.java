package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.List;

/**
 * Answer to FILE STATUS with {@code verify}: the server has read its bytes again.
 *
 * @param size in bytes, 0 or more
 * @param found the digest that they come to now
 * @param intact whether that is what it was
 */
public record FileVerified(Key key, long size, Digest found, boolean intact) implements Answer {
    public static FileVerified read(Fields fields) throws RefusedException {
        List<Digest> digests = Digests.read(fields);
        if (digests.isEmpty()) {
            throw new RefusedException(Status.BAD_FIELD, "The answer has no digest.");
        }
        return new FileVerified(fields.key(), fields.size(Long.MAX_VALUE), digests.get(0), fields.flag(Field.INTACT));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.SIZE, size);
        Digests.write(fields, List.of(found));
        fields.addProperty(Field.INTACT, intact);
    }
}
