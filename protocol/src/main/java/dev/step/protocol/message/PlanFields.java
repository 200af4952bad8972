package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    static void writeDigests(JsonObject fields, List<Digest> digests) {
        digests.forEach(digest -> fields.addProperty(digest.algorithm().fieldName(), digest.hex()));
    }

    static List<Digest> readDigests(Fields fields) throws RefusedException {
        List<Digest> digests = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Optional<Digest> digest = fields.optionalDigest(algorithm);
            digest.ifPresent(digests::add);
        }
        return List.copyOf(digests);
    }
}
