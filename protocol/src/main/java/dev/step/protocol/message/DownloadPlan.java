package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answer to FILE GET with a key: how to fetch the file.
 *
 * @param digests what the file's content must come to
 * @param version extension {@code version}: names this content of the key
 * @param modified extension {@code times}
 */
public record DownloadPlan(
        Key key, BlockPlan blocks, List<Digest> digests, Optional<String> version, Optional<Instant> modified)
        implements Answer {
    public static DownloadPlan read(Fields fields) throws RefusedException {
        return new DownloadPlan(
                fields.key(),
                PlanFields.read(fields),
                Digests.read(fields),
                fields.optionalText(Field.VERSION),
                Times.read(fields, Field.MODIFIED));
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        PlanFields.write(fields, blocks);
        Digests.write(fields, digests);
        version.ifPresent(text -> fields.addProperty(Field.VERSION, text));
        Times.write(fields, Field.MODIFIED, modified);
    }
}
