package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;

/** The fields that upload and download plans share. */
final class PlanFields {
    private PlanFields() {}

    static void write(JsonObject fields, BlockPlan blocks) {
        fields.addProperty(Field.SIZE, blocks.size());
        fields.addProperty(Field.BLOCK_SIZE, blocks.blockSize());
        fields.addProperty(Field.TOTAL_BLOCK, blocks.totalBlocks());
    }

    /** Reads a plan that must add up: what a server says is not trusted. */
    static BlockPlan read(Fields fields) throws RefusedException {
        long size = fields.number(Field.SIZE);
        long blockSize = fields.number(Field.BLOCK_SIZE);
        long total = fields.number(Field.TOTAL_BLOCK);
        boolean addsUp = size >= 0
                && blockSize >= 1
                && blockSize <= Limits.MAX_BLOCK_BYTES
                && total <= Limits.MAX_BLOCKS
                && BlockPlan.blocksOf(size, (int) blockSize) == total;
        if (!addsUp) {
            throw new RefusedException(
                    Status.BAD_FIELD,
                    "The plan does not add up: size " + size + ", block_size " + blockSize + ", total_block " + total
                            + ".");
        }
        return new BlockPlan(size, (int) blockSize);
    }
}
