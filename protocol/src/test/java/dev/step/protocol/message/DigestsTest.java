package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final Digest MD5 = new Digest(DigestAlgorithm.MD5, "ab".repeat(16));
    private static final Digest SHA_256 = new Digest(DigestAlgorithm.SHA_256, "ab".repeat(32));

    @Test
    void eachDigestHasItsOwnName() throws RefusedException {
        JsonObject fields = new JsonObject();
        Digests.write(fields, List.of(SHA_256, MD5));
        assertEquals(MD5.hex(), fields.get("md5").getAsString());
        assertEquals(SHA_256.hex(), fields.get("sha256").getAsString());
        assertEquals(List.of(MD5, SHA_256), Digests.read(new Fields(fields)));
    }

    @Test
    void expectedDigestIsReadInEitherCase() throws RefusedException {
        JsonObject fields = new JsonObject();
        fields.addProperty("expected_md5", MD5.hex().toUpperCase(Locale.ROOT));
        assertEquals(Optional.of(MD5), Digests.readExpected(new Fields(fields)));
    }

    @Test
    void oldClientsMd5OfAnUploadIsNotWhatItExpects() throws RefusedException {
        JsonObject fields = new JsonObject();
        fields.addProperty("md5", MD5.hex());
        fields.addProperty("sha256", SHA_256.hex());
        assertEquals(Optional.empty(), Digests.readExpected(new Fields(fields)));
    }

    @Test
    void ofTwoExpectedDigestsTheStrongerCountsAndBothHaveToBeDigests() throws RefusedException {
        JsonObject fields = new JsonObject();
        Digests.writeExpected(fields, Optional.of(MD5));
        Digests.writeExpected(fields, Optional.of(SHA_256));
        assertEquals(Optional.of(SHA_256), Digests.readExpected(new Fields(fields)));
        fields.addProperty("expected_md5", "x");
        Refused.with(Status.BAD_FIELD, () -> Digests.readExpected(new Fields(fields)));
    }

    @Test
    void noDigestIsAskedForUnlessItIsNamed() throws RefusedException {
        JsonObject fields = new JsonObject();
        Digests.writeAlgorithm(fields, Optional.empty());
        assertFalse(fields.has("digest"));
        assertEquals(Optional.empty(), Digests.algorithm(new Fields(fields)));
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            Digests.writeAlgorithm(fields, Optional.of(algorithm));
            assertEquals(Optional.of(algorithm), Digests.algorithm(new Fields(fields)));
        }
    }
}
