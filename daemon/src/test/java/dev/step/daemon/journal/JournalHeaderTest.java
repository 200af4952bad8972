package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.daemon.disk.MemoryFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JournalHeaderTest {
    private static final List<String> CHARACTERS = List.of("a", "Z", "/x", "é", "日", "😀", " ", "\"", "=");

    @Test
    void everyHeaderIsReadBackAsItWasWritten() throws IOException {
        Random random = Seed.random();
        for (int round = 0; round < 500; round++) {
            JournalHeader header = header(random);
            MemoryFile file = new MemoryFile(HeaderEncoder.encode(header).array());
            JournalDecoder decoder = new JournalDecoder(file, header.identity().id());
            assertEquals(Optional.of(header), decoder.header(), "round " + round);
            assertTrue(file.length() <= JournalFormat.MAX_HEADER_BYTES && file.length() % 8 == 0);
        }
    }

    private static JournalHeader header(Random random) {
        return new JournalHeader(
                UploadIdentity.fresh(random, random.nextLong() >>> 1, time(random)),
                new UploadTarget(
                        new UserName(text(random, Limits.MAX_USER_BYTES)),
                        new Key("k" + text(random, Limits.MAX_KEY_BYTES - 1)),
                        random.nextBoolean()),
                plan(random),
                new ContentCheck(algorithm(random), random.nextBoolean(), random.nextBoolean() ? null : digest(random)),
                new ClientFile(
                        random.nextBoolean() ? null : text(random, ClientFile.MAX_FINGERPRINT_BYTES),
                        random.nextBoolean() ? null : time(random)));
    }

    private static BlockPlan plan(Random random) {
        int blockSize = 1 + random.nextInt(Limits.MAX_BLOCK_BYTES);
        return new BlockPlan((long) (random.nextDouble() * Limits.MAX_BLOCKS * blockSize), blockSize);
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(random.nextLong());
    }

    private static DigestAlgorithm algorithm(Random random) {
        return random.nextBoolean() ? DigestAlgorithm.MD5 : DigestAlgorithm.SHA_256;
    }

    private static Digest digest(Random random) {
        DigestAlgorithm algorithm = algorithm(random);
        byte[] value = new byte[algorithm.bytes()];
        random.nextBytes(value);
        return new Digest(algorithm, HexFormat.of().formatHex(value));
    }

    /** Of any length up to the longest. */
    private static String text(Random random, int maxBytes) {
        int bytesLeft = random.nextInt(maxBytes + 1);
        StringBuilder text = new StringBuilder();
        while (true) {
            String next = CHARACTERS.get(random.nextInt(CHARACTERS.size()));
            bytesLeft -= Key.utf8Length(next);
            if (bytesLeft < 0) {
                return text.toString();
            }
            text.append(next);
        }
    }

    @Test
    void headerRefusesWhatItCouldNotBeReadBackFrom() {
        UploadId id = new UploadId(1, 2);
        Instant nanos = Instant.ofEpochSecond(1, 1);
        assertThrows(IllegalArgumentException.class, () -> new UploadIdentity(id, 3, -1, Instant.EPOCH));
        assertThrows(IllegalArgumentException.class, () -> new UploadIdentity(id, 3, 4, nanos));
        assertThrows(IllegalArgumentException.class, () -> new UploadIdentity(id, 3, 4, Instant.MAX));
        assertThrows(IllegalArgumentException.class, () -> new UploadIdentity(id, 3, 4, Instant.MIN));
        assertThrows(IllegalArgumentException.class, () -> new ClientFile("f".repeat(1025), null));
        assertThrows(IllegalArgumentException.class, () -> new ClientFile("\uD800", null));
        assertThrows(IllegalArgumentException.class, () -> new ClientFile(null, nanos));
    }

    @Test
    void uploadIdHasOneText() {
        UploadId id = new UploadId(0x0123456789ABCDEFL, -2);
        assertEquals("0123456789abcdeffffffffffffffffe", id.toString());
        assertEquals(Optional.of(id), UploadId.parse(id.toString()));
        assertEquals(Optional.empty(), UploadId.parse("0123456789ABCDEFFFFFFFFFFFFFFFFE"));
        assertEquals(Optional.empty(), UploadId.parse("0123456789abcdef"));
        assertEquals(Optional.empty(), UploadId.parse("../0123456789abcdefffffffffffff/"));
        assertEquals(Optional.empty(), UploadId.parse(""));
    }
}
