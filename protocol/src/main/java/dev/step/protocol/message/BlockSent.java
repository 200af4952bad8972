package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import java.util.OptionalInt;

/**
 * Answer to DOWNLOAD; the block follows as the message's binary part.
 *
 * @param size bytes in the block, 0 to {@link Limits#MAX_BLOCK_BYTES}
 * @param crc extension {@code block-crc}: the block's CRC32C, when asked for
 */
public record BlockSent(Key key, int blockIndex, int size, OptionalInt crc) implements Answer {
    public static BlockSent read(Fields fields) throws RefusedException {
        return new BlockSent(
                fields.key(),
                BlockIndex.read(fields),
                (int) fields.size(Limits.MAX_BLOCK_BYTES),
                BlockCrc.read(fields));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.BLOCK_INDEX, blockIndex);
        fields.addProperty(Field.SIZE, size);
        BlockCrc.write(fields, crc);
    }
}
