package dev.step.protocol.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.Optional;

/**
 * Answer to FILE STATUS with a key: what has arrived. While there are few blocks, it also lists them one by one under
 * the names that one old system has for them.
 *
 * @param uploadId the unfinished upload; empty for a complete file
 * @param missing the blocks still to be sent; none for a complete file
 */
public record UploadStatus(Key key, BlockPlan blocks, Optional<String> uploadId, BlockRanges missing)
        implements Answer {
    public static UploadStatus read(Fields fields) throws RefusedException {
        BlockPlan blocks = PlanFields.read(fields);
        Optional<BlockRanges> missing = MissingRanges.read(fields, blocks);
        if (missing.isEmpty()) { // not to be taken for a file of which nothing is missing
            throw new RefusedException(Status.BAD_FIELD, "Field \"missing_ranges\" is missing.");
        }
        return new UploadStatus(fields.key(), blocks, fields.optionalText(Field.UPLOAD_ID), missing.get());
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        PlanFields.write(fields, blocks);
        uploadId.ifPresent(id -> fields.addProperty(Field.UPLOAD_ID, id));
        MissingRanges.write(fields, missing);
        if (blocks.totalBlocks() <= Limits.MAX_LISTED_BLOCKS && !missing.more()) {
            writeBlocks(fields);
        }
    }

    private void writeBlocks(JsonObject fields) {
        JsonArray missingBlocks = new JsonArray();
        JsonArray receivedBlocks = new JsonArray();
        int next = 0;
        for (BlockRanges.Range range : missing.ranges()) {
            addBlocks(receivedBlocks, next, range.first());
            addBlocks(missingBlocks, range.first(), range.last() + 1);
            next = range.last() + 1;
        }
        addBlocks(receivedBlocks, next, blocks.totalBlocks());
        fields.add(Field.MISSING_BLOCKS, missingBlocks);
        fields.add(Field.RECEIVED_BLOCKS, receivedBlocks);
    }

    private static void addBlocks(JsonArray array, int from, int to) {
        for (int index = from; index < to; index++) {
            array.add(index);
        }
    }
}
