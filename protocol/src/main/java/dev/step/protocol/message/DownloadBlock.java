package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * FILE DOWNLOAD: asks for one block.
 *
 * @param blockIndex 0 or more, counted in blocks of the size below
 * @param blockSize extension {@code block-size}; empty: the default block size
 * @param version extension {@code version}: the content that the plan spoke of
 * @param wantsCrc extension {@code block-crc}: whether the answer shall carry the block's CRC32C
 */
public record DownloadBlock(Key key, int blockIndex, OptionalInt blockSize, Optional<String> version, boolean wantsCrc)
        implements Request.OfFile {
    /** The request of an old client. */
    public static DownloadBlock plain(Key key, int blockIndex) {
        return new DownloadBlock(key, blockIndex, OptionalInt.empty(), Optional.empty(), false);
    }

    static DownloadBlock read(Fields fields) throws RefusedException {
        return new DownloadBlock(
                fields.key(),
                BlockIndex.read(fields),
                BlockSize.read(fields),
                fields.optionalText(Field.VERSION),
                fields.flag(Field.BLOCK_CRC32C));
    }

    @Override
    public Operation operation() {
        return Operation.DOWNLOAD;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.BLOCK_INDEX, blockIndex);
        BlockSize.write(fields, blockSize);
        version.ifPresent(text -> fields.addProperty(Field.VERSION, text));
        if (wantsCrc) {
            fields.addProperty(Field.BLOCK_CRC32C, true);
        }
    }
}
