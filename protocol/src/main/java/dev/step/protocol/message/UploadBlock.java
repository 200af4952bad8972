package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * FILE UPLOAD: one block, which follows as the message's binary part.
 *
 * @param blockIndex 0 or more; one beyond the plan is refused when the plan is known
 * @param uploadId extension {@code upload-id}: the upload that the block is meant for
 * @param crc extension {@code block-crc}: the block's CRC32C
 * @param expected extension {@code verify-on-publish}: what the whole file has to come to
 */
public record UploadBlock(
        Key key, int blockIndex, Optional<String> uploadId, OptionalInt crc, Optional<Digest> expected)
        implements Request.OfFile {
    /** A block as an old client sends it. */
    public static UploadBlock plain(Key key, int blockIndex) {
        return new UploadBlock(key, blockIndex, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    static UploadBlock read(Fields fields) throws RefusedException {
        return new UploadBlock(
                fields.key(),
                BlockIndex.read(fields),
                fields.optionalText(Field.UPLOAD_ID),
                BlockCrc.read(fields),
                Digests.readExpected(fields));
    }

    @Override
    public Operation operation() {
        return Operation.UPLOAD;
    }

    @Override
    public void writeTo(JsonObject fields) {
        fields.addProperty(Field.KEY, key.text());
        fields.addProperty(Field.BLOCK_INDEX, blockIndex);
        uploadId.ifPresent(id -> fields.addProperty(Field.UPLOAD_ID, id));
        BlockCrc.write(fields, crc);
        Digests.writeExpected(fields, expected);
    }
}
