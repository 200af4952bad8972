package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * FILE UPLOAD with {@code whole}, an extension: a file that was not announced, and follows as the message's binary part. It
 * is published if it comes to the digest.
 *
 * @param replace extension {@code replace}: take the place of a file that exists, in one step
 * @param modified extension {@code times}: when the client's file was last changed, to the millisecond
 * @param crc extension {@code block-crc}: the content's CRC32C
 */
public record UploadWhole(Key key, boolean replace, Optional<Instant> modified, OptionalInt crc, Digest expected)
        implements Request.OfFile {
    static UploadWhole read(Fields fields) throws RefusedException {
        return new UploadWhole(
                fields.key(),
                fields.flag(Field.REPLACE),
                Times.read(fields, Field.MODIFIED),
                BlockCrc.read(fields),
                Digests.readExpected(fields)
                        .orElseThrow(() -> new RefusedException(
                                Status.BAD_FIELD,
                                "A file that comes whole needs \"expected_md5\" or \"expected_sha256\".")));
    }

    @Override
    public Operation operation() {
        return Operation.UPLOAD;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.WHOLE, true);
        if (replace) {
            fields.addProperty(Field.REPLACE, true);
        }
        Times.write(fields, Field.MODIFIED, modified);
        BlockCrc.write(fields, crc);
        Digests.writeExpected(fields, Optional.of(expected));
    }
}
