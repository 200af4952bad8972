package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.List;

/**
 * Answer to UPLOAD.
 *
 * @param digests of the whole file, from the block that completed it; none from the others
 */
public record BlockReceived(Key key, int blockIndex, List<Digest> digests) implements Answer {
    public static BlockReceived read(Fields fields) throws RefusedException {
        return new BlockReceived(fields.key(), BlockIndex.read(fields), Digests.read(fields));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.BLOCK_INDEX, blockIndex);
        Digests.write(fields, digests);
    }
}
