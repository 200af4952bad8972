package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueLineTest {
    private static final StoredFile FILE = new StoredFile(
            new Key("a/é\"\\"),
            1L << 40,
            Instant.ofEpochMilli(1_700_000_000_123L),
            List.of(
                    new Digest(DigestAlgorithm.MD5, "0".repeat(31) + "a"),
                    new Digest(DigestAlgorithm.SHA_256, "f".repeat(64))),
            "0123456789abcdef0123456789abcdef");

    @Test
    void aLineIsTheFormatThatTheCommentDraws() {
        String expected =
                "{\"op\":\"put\",\"key\":\"a/\\u00e9\\\"\\\\\",\"size\":1099511627776,\"modified\":1700000000123,"
                        + "\"version\":\"0123456789abcdef0123456789abcdef\",\"md5\":\"0000000000000000000000000000000a\","
                        + "\"sha256\":\"" + "f".repeat(64) + "\"}";

        String line = text(new CatalogueChange.Put(new CatalogueEntry(FILE, Tree.FIRST)));

        assertEquals(checksum(expected) + " " + expected + "\n", line);
        String delete = "{\"op\":\"delete\",\"key\":\"a\"}";
        assertEquals(checksum(delete) + " " + delete + "\n", text(new CatalogueChange.Delete(new Key("a"))));
    }

    @Test
    void everyChangeComesBack() {
        for (CatalogueChange change : List.of(
                new CatalogueChange.Put(new CatalogueEntry(FILE, Tree.FIRST)),
                new CatalogueChange.Put(new CatalogueEntry(FILE, Tree.SECOND)),
                new CatalogueChange.Move(new CatalogueEntry(FILE, Tree.SECOND), new Key("from")),
                new CatalogueChange.Delete(new Key("日".repeat(341))))) {
            assertEquals(List.of(change), decode(text(change).strip()));
        }
    }

    @Test
    void theLongestLineIsWithinItsBound() {
        Key key = new Key("é".repeat(512));
        StoredFile file = new StoredFile(key, Long.MAX_VALUE, FILE.modified(), FILE.digests(), FILE.version());

        CatalogueChange longest = new CatalogueChange.Put(new CatalogueEntry(file, Tree.SECOND));
        byte[] line = CatalogueLine.encode(Collections.nCopies(CatalogueLine.MAX_CHANGES, longest));
        assertTrue(line.length <= CatalogueLine.MAX_BYTES, line.length + " bytes");
    }

    @Test
    void changesThatWereMadeTogetherAreOneLine() {
        List<CatalogueChange> changes = List.of(
                new CatalogueChange.Put(new CatalogueEntry(FILE, Tree.FIRST)),
                new CatalogueChange.Delete(new Key("b")));

        String line = new String(CatalogueLine.encode(changes), StandardCharsets.US_ASCII);

        assertTrue(line.contains(" {\"all\":[{\"op\":\"put\","), line);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        assertEquals(changes, decode(line.strip()));
    }

    @Test
    void anyChangedBitIsNoticed() {
        byte[] line = text(new CatalogueChange.Put(new CatalogueEntry(FILE, Tree.FIRST)))
                .strip()
                .getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < line.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = line.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertEquals(List.of(), CatalogueLine.decode(damaged), at + "/" + bit);
            }
            assertEquals(List.of(), CatalogueLine.decode(Arrays.copyOf(line, at)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"op\":\"rename\",\"key\":\"a\"}",
                "{\"op\":\"delete\"}",
                "{\"op\":\"delete\",\"key\":\"a\",\"new\":\"field\"}",
                "{\"op\":\"delete\",\"key\":\"../a\"}",
                "{\"op\":\"delete\",\"key\":[]}",
                "{\"op\":\"delete\",\"key\":\"a\"} {}",
                "{\"all\":[]}",
                "{\"all\":[{}]}",
                "{\"all\":{}}",
                "{\"all\":[{\"op\":\"delete\",\"key\":\"a\"}],\"op\":\"delete\"}",
                "{\"all\":[{\"op\":\"delete\",\"key\":\"a\"},{\"op\":\"delete\"}]}",
                "{\"op\":\"put\",\"key\":\"a\",\"size\":\"x\",\"modified\":1,\"version\":\"v\"}",
                "{\"op\":\"put\",\"key\":\"a\",\"size\":1,\"modified\":1}",
                "{\"op\":\"put\",\"key\":\"a\",\"size\":1,\"modified\":1,\"version\":\"v\",\"md5\":\"x\"}",
            })
    void aLineWithARightChecksumAndAWrongContentIsDamagedToo(String json) {
        assertEquals(List.of(), decode(checksum(json) + " " + json));
    }

    private static String text(CatalogueChange change) {
        return new String(CatalogueLine.encode(List.of(change)), StandardCharsets.US_ASCII);
    }

    private static List<CatalogueChange> decode(String line) {
        return CatalogueLine.decode(line.getBytes(StandardCharsets.US_ASCII));
    }

    static String checksum(String json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", checksum.getValue());
    }
}
