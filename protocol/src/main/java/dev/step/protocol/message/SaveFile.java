package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.Optional;

/**
 * FILE SAVE: announces a file and asks for its upload plan.
 *
 * @param key where to keep it; empty: the server makes a key
 * @param size in bytes, 0 or more
 * @param options what is asked for beyond the core
 */
public record SaveFile(Optional<Key> key, long size, SaveOptions options) implements Request.OfFile {
    static SaveFile read(Fields fields) throws RefusedException {
        Optional<Key> key = fields.optionalKey();
        long size = fields.size(Long.MAX_VALUE);
        SaveOptions options = SaveOptions.read(fields);
        if (BlockPlan.blocksOf(size, blockSize(options)) > Limits.MAX_BLOCKS) {
            throw new RefusedException(
                    Status.TOO_LARGE, "The file is too large: more than " + Limits.MAX_BLOCKS + " blocks.");
        }
        return new SaveFile(key, size, options);
    }

    /** The blocks that a new plan will have. */
    public BlockPlan plan() {
        return new BlockPlan(size, blockSize(options));
    }

    private static int blockSize(SaveOptions options) {
        return options.blockSize().orElse(Limits.DEFAULT_BLOCK_BYTES);
    }

    @Override
    public Operation operation() {
        return Operation.SAVE;
    }

    @Override
    public void writeTo(JsonObject fields) {
        key.ifPresent(k -> fields.addProperty(Field.KEY, k.text()));
        fields.addProperty(Field.SIZE, size);
        options.writeTo(fields);
    }
}
