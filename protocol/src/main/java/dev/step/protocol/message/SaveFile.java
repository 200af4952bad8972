package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * FILE SAVE: announces a file and asks for its upload plan.
 *
 * @param key where to keep it; empty: the server makes a key
 * @param size in bytes, 0 or more
 * @param blockSize extension {@code block-size}: the block size that the plan shall have
 */
public record SaveFile(Optional<Key> key, long size, OptionalInt blockSize) implements Request.OfFile {
    static SaveFile read(Fields fields) throws RefusedException {
        Optional<Key> key = fields.optionalKey();
        long size = fields.size(Long.MAX_VALUE);
        OptionalInt blockSize = BlockSize.read(fields);
        if (BlockPlan.blocksOf(size, blockSize.orElse(Limits.DEFAULT_BLOCK_BYTES)) > Limits.MAX_BLOCKS) {
            throw new RefusedException(
                    Status.TOO_LARGE, "The file is too large: more than " + Limits.MAX_BLOCKS + " blocks.");
        }
        return new SaveFile(key, size, blockSize);
    }

    /** The blocks that the plan will have. */
    public BlockPlan plan() {
        return new BlockPlan(size, blockSize.orElse(Limits.DEFAULT_BLOCK_BYTES));
    }

    @Override
    public Operation operation() {
        return Operation.SAVE;
    }

    @Override
    public void writeTo(JsonObject fields) {
        key.ifPresent(k -> fields.addProperty(Field.KEY, k.text()));
        fields.addProperty(Field.SIZE, size);
        BlockSize.write(fields, blockSize);
    }
}
