package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.List;

/**
 * Answer to FILE SAVE: how to send the file.
 *
 * @param digests the digest of an empty file, which is complete at once; none otherwise
 */
public record UploadPlan(Key key, BlockPlan blocks, List<Digest> digests) implements Answer {
    public static UploadPlan read(Fields fields) throws RefusedException {
        return new UploadPlan(fields.key(), PlanFields.read(fields), PlanFields.readDigests(fields));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        PlanFields.write(fields, blocks);
        PlanFields.writeDigests(fields, digests);
    }
}
