package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a SAVE asks for beyond the core.
 *
 * @param blockSize extension {@code block-size}: the block size that the plan shall have
 * @param resume extension {@code resume}: whether an unfinished upload of the same content may be joined, and how to
 *     tell that it is the same
 * @param publishing how the complete file shall appear
 * @param modified extension {@code times}: when the client's file was last changed, to the millisecond
 */
public record SaveOptions(OptionalInt blockSize, Resume resume, Publishing publishing, Optional<Instant> modified) {
    /** What an old client asks for. */
    public static final SaveOptions NONE = inBlocksOf(OptionalInt.empty());

    /**
     * Extension {@code resume}.
     *
     * @param wanted whether to join an unfinished upload of the same key, size and fingerprint
     * @param fingerprint the client's idea of the file's identity, of at most {@link Limits#MAX_FINGERPRINT_BYTES}
     *     bytes; opaque to the server
     */
    public record Resume(boolean wanted, Optional<String> fingerprint) {
        public static final Resume NONE = new Resume(false, Optional.empty());
    }

    /**
     * How the complete file shall appear.
     *
     * @param replace extension {@code replace}: take the place of a file that exists, in one step
     * @param verify extension {@code verify-on-publish}: only after the client has sent the digest to expect
     * @param digest extension {@code digest}: what is computed while the bytes arrive
     */
    public record Publishing(boolean replace, boolean verify, DigestAlgorithm digest) {
        public static final Publishing PLAIN = new Publishing(false, false, DigestAlgorithm.MD5);
    }

    /** Nothing but blocks of this many bytes; empty: not even that. */
    public static SaveOptions inBlocksOf(OptionalInt blockSize) {
        return new SaveOptions(blockSize, Resume.NONE, Publishing.PLAIN, Optional.empty());
    }

    static SaveOptions read(Fields fields) throws RefusedException {
        return new SaveOptions(
                BlockSize.read(fields),
                new Resume(fields.flag(Field.RESUME), readFingerprint(fields)),
                new Publishing(
                        fields.flag(Field.REPLACE),
                        fields.flag(Field.VERIFY),
                        Digests.algorithm(fields).orElse(DigestAlgorithm.MD5)),
                Times.read(fields, Field.MODIFIED));
    }

    private static Optional<String> readFingerprint(Fields fields) throws RefusedException {
        Optional<String> fingerprint = fields.optionalText(Field.FINGERPRINT);
        if (fingerprint.isPresent()) {
            int bytes = Key.utf8Length(fingerprint.get());
            if (bytes < 0 || bytes > Limits.MAX_FINGERPRINT_BYTES) {
                throw new RefusedException(
                        Status.BAD_FIELD,
                        "Field \"fingerprint\" has to be at most " + Limits.MAX_FINGERPRINT_BYTES + " bytes of UTF-8.");
            }
        }
        return fingerprint;
    }

    /** Whether an extension is used, so that the plan may say more than an old client expects. */
    public boolean usesExtensions() {
        return !equals(NONE);
    }

    void writeTo(JsonObject fields) {
        BlockSize.write(fields, blockSize);
        if (resume.wanted()) {
            fields.addProperty(Field.RESUME, true);
        }
        resume.fingerprint().ifPresent(text -> fields.addProperty(Field.FINGERPRINT, text));
        if (publishing.replace()) {
            fields.addProperty(Field.REPLACE, true);
        }
        if (publishing.verify()) {
            fields.addProperty(Field.VERIFY, true);
        }
        if (publishing.digest() != DigestAlgorithm.MD5) {
            fields.addProperty(Field.DIGEST, publishing.digest().wireName());
        }
        Times.write(fields, Field.MODIFIED, modified);
    }
}
