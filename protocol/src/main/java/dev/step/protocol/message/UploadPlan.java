package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Answer to FILE SAVE: how to send the file.
 *
 * @param uploadId extension {@code upload-id}: what to name in each block
 * @param missing extension {@code resume}: the blocks that are still to be sent; empty: all
 * @param digests the digest of an empty file, which is complete at once; none otherwise
 */
public record UploadPlan(
        Key key, BlockPlan blocks, Optional<String> uploadId, Optional<BlockRanges> missing, List<Digest> digests)
        implements Answer {
    public static UploadPlan read(Fields fields) throws RefusedException {
        BlockPlan blocks = PlanFields.read(fields);
        return new UploadPlan(
                fields.key(),
                blocks,
                fields.optionalText(Field.UPLOAD_ID),
                MissingRanges.read(fields, blocks),
                Digests.read(fields));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        PlanFields.write(fields, blocks);
        uploadId.ifPresent(id -> fields.addProperty(Field.UPLOAD_ID, id));
        missing.ifPresent(ranges -> MissingRanges.write(fields, ranges));
        Digests.write(fields, digests);
    }
}
