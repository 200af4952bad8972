package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.List;

/**
 * Answer to FILE GET with a key: how to fetch the file.
 *
 * @param digests what the file's content must come to
 */
public record DownloadPlan(Key key, BlockPlan blocks, List<Digest> digests) implements Answer {
    public static DownloadPlan read(Fields fields) throws RefusedException {
        return new DownloadPlan(fields.key(), PlanFields.read(fields), PlanFields.readDigests(fields));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        PlanFields.write(fields, blocks);
        PlanFields.writeDigests(fields, digests);
    }
}
