package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import java.util.OptionalInt;

/**
 * FILE DOWNLOAD: asks for one block.
 *
 * @param blockIndex 0 or more, counted in blocks of the size below
 * @param blockSize extension {@code block-size}; empty: the default block size
 */
public record DownloadBlock(Key key, int blockIndex, OptionalInt blockSize) implements Request.OfFile {
    static DownloadBlock read(Fields fields) throws RefusedException {
        return new DownloadBlock(fields.key(), BlockIndex.read(fields), BlockSize.read(fields));
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
    }
}
