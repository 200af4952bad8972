package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Digests as fields. */
final class Digests {
    private Digests() {}

    /** The digests that a message carries under their own names. */
    static List<Digest> read(Fields fields) throws RefusedException {
        List<Digest> digests = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Optional<Digest> digest = fields.optionalDigest(algorithm.fieldName(), algorithm);
            if (digest.isPresent()) {
                digests.add(digest.get());
            }
        }
        return List.copyOf(digests);
    }

    static void write(JsonObject fields, List<Digest> digests) {
        for (Digest digest : digests) {
            fields.addProperty(digest.algorithm().fieldName(), digest.hex());
        }
    }

    /** Extension {@code verify-on-publish}: what the whole file has to come to; of two, the stronger counts. */
    static Optional<Digest> readExpected(Fields fields) throws RefusedException {
        Optional<Digest> md5 = fields.optionalDigest(Field.EXPECTED_MD5, DigestAlgorithm.MD5);
        return fields.optionalDigest(Field.EXPECTED_SHA256, DigestAlgorithm.SHA_256)
                .or(() -> md5);
    }

    static void writeExpected(JsonObject fields, Optional<Digest> expected) {
        if (expected.isPresent()) {
            boolean isMd5 = expected.get().algorithm() == DigestAlgorithm.MD5;
            fields.addProperty(
                    isMd5 ? Field.EXPECTED_MD5 : Field.EXPECTED_SHA256,
                    expected.get().hex());
        }
    }

    /** Extension {@code digest}: which digest is wanted. */
    static Optional<DigestAlgorithm> algorithm(Fields fields) throws RefusedException {
        Optional<String> name = fields.optionalText(Field.DIGEST);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.named(name.get());
        if (algorithm.isEmpty()) {
            throw new RefusedException(Status.BAD_FIELD, "Field \"digest\" has to be \"md5\" or \"sha-256\".");
        }
        return algorithm;
    }

    static void writeAlgorithm(JsonObject fields, Optional<DigestAlgorithm> algorithm) {
        algorithm.ifPresent(name -> fields.addProperty(Field.DIGEST, name.wireName()));
    }
}
