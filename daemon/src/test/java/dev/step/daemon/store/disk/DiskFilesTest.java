package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFilesTest {
    private static final Key K = new Key("k");

    @TempDir
    private Path temporary;

    private TestStore store;

    @BeforeEach
    void open() throws IOException {
        store = new TestStore(temporary.resolve("root"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aFileAppearsWhenItsLastBlockArrivesAndNotBefore() throws Exception {
        byte[] content = TestStore.content(250);
        Upload upload = store.begin("k", 250, 100);

        assertTrue(TestStore.write(upload, 0, content).isEmpty());
        assertTrue(TestStore.write(upload, 2, content).isEmpty());
        RefusedException notYet =
                assertRefused(Status.NOT_FOUND, () -> store.files().find(K));
        assertEquals("The key k is not completely uploaded.", notYet.getMessage());
        assertRefused(Status.NOT_FOUND, () -> store.files().open(K));
        assertEquals(List.of(), store.keys());
        StoredFile file = TestStore.write(upload, 1, content).orElseThrow();

        assertEquals(List.of(TestStore.md5(content)), file.digests());
        assertEquals(250, file.size());
        assertTrue(Duration.between(file.modified(), Instant.now()).toMinutes() == 0);
        assertEquals(file, store.files().find(K));
        assertEquals(file, upload.published().orElseThrow());
        assertArrayEquals(content, store.get("k"));
        assertArrayEquals(content, Files.readAllBytes(store.root().resolve("users/ann/files/k")));
        assertEquals(List.of("k"), store.keys());
    }

    @Test
    void anEmptyFileIsCompleteAtOnce() throws Exception {
        Upload upload = store.begin("k", 0, 100);

        assertEquals(
                "d41d8cd98f00b204e9800998ecf8427e",
                upload.published().orElseThrow().digests().get(0).hex());
        assertEquals(0, store.get("k").length);
        assertRefused(Status.EXISTS, () -> store.begin("k", 0, 100));
    }

    @Test
    void aCompleteFileIsNotOverwritten() throws Exception {
        byte[] content = store.put("k", 300);

        RefusedException again = assertRefused(Status.EXISTS, () -> store.begin("k", 5, 100));
        assertEquals("This \"key\" k is existing.", again.getMessage());
        RefusedException late = assertRefused(Status.EXISTS, () -> store.files().upload(K, Optional.empty()));
        assertEquals("The \"key\" k is completely uploaded.", late.getMessage());
        assertArrayEquals(content, store.get("k"));
    }

    @Test
    void aDeletedFileIsGoneAndItsKeyFree() throws Exception {
        String first = store.put("k", TestStore.content(10)).version();

        store.files().delete(K);

        RefusedException gone =
                assertRefused(Status.NOT_FOUND, () -> store.files().find(K));
        assertEquals("The key k is not existing.", gone.getMessage());
        assertRefused(Status.NOT_FOUND, () -> store.files().delete(K));
        assertRefused(Status.NOT_ALLOWED, () -> store.files().upload(K, Optional.empty()));
        assertFalse(Files.exists(store.root().resolve("users/ann/files/k")));
        assertNotEquals(first, store.put("k", TestStore.content(10)).version(), "the same bytes, another version");
    }

    @Test
    void deletingTakesTheEmptyFoldersAlong() throws Exception {
        store.put("a/b/c", 10);
        store.put("a/d", 10);

        store.files().delete(new Key("a/b/c"));
        assertFalse(Files.exists(store.root().resolve("users/ann/files/a=/b=")));
        store.files().delete(new Key("a/d"));

        assertEquals(0, store.root().resolve("users/ann/files").toFile().list().length);
        assertArrayEquals(store.put("a/b/c", 20), store.get("a/b/c"));
    }

    @Test
    void deletingAnUnfinishedUploadDiscardsItAndStillSaysNotFound() throws Exception {
        Upload upload = store.begin("k", 200, 100);
        TestStore.write(upload, 0, TestStore.content(200));

        RefusedException refusal =
                assertRefused(Status.NOT_FOUND, () -> store.files().delete(K));

        assertEquals("The \"key\" k is not completely uploaded. The tmp files are deleted.", refusal.getMessage());
        assertRefused(Status.NOT_ALLOWED, () -> TestStore.write(upload, 1, TestStore.content(200)));
        assertRefused(Status.NOT_ALLOWED, () -> store.files().upload(K, Optional.empty()));
        assertRefused(Status.NOT_FOUND, () -> store.files().find(K));
        assertEquals(List.of(Path.of("format"), Path.of("lock")), store.everyFile());
    }

    @Test
    void savingAnUnfinishedKeyAgainStartsOver() throws Exception {
        Upload first = store.begin("k", 200, 100);
        TestStore.write(first, 0, TestStore.content(200));
        Upload second = store.begin("k", 150, 50);

        RefusedException refusal =
                assertRefused(Status.NOT_ALLOWED, () -> TestStore.write(first, 1, TestStore.content(200)));
        assertFalse(refusal.getMessage().contains("completely uploaded"), "clients take that for success");
        assertEquals(second, store.files().upload(K, Optional.empty()));
        assertEquals(0, first.published().stream().count());
        byte[] content = TestStore.content(150);
        for (int i = 0; i < 3; i++) {
            TestStore.write(second, i, content);
        }

        assertArrayEquals(content, store.get("k"));
    }

    @Test
    void aKeyAndTheFolderOfItsNameLieSideBySide() throws Exception {
        List<String> keys = List.of("a", "a/", "a//", "a//b", "a/b", "a/b/c", "a=", "a%");
        for (String key : keys) {
            store.put(key, ("content of " + key).getBytes());
        }
        store.reopen();
        assertEquals(List.of("a", "a%", "a/", "a//", "a//b", "a/b", "a/b/c", "a="), store.keys());
        for (String key : keys) {
            assertEquals("content of " + key, new String(store.get(key)));
            store.files().delete(new Key(key));
        }
        assertEquals(List.of(), store.keys());
    }

    @Test
    void aKeyOfAThousandBytesOfChineseWorks() throws Exception {
        String key = "文".repeat(341) + "a";
        byte[] content = store.put(key, 300);

        store.reopen();

        assertEquals(List.of(key), store.keys());
        assertArrayEquals(content, store.get(key));
        store.files().delete(new Key(key));
        assertEquals(0, store.root().resolve("users/ann/files").toFile().list().length);
    }

    @Test
    void namesAreNotNormalised() throws Exception {
        byte[] composed = store.put("\u00e9", 10);
        byte[] decomposed = store.put("e\u0301", 20);

        assertArrayEquals(composed, store.get("\u00e9"));
        assertArrayEquals(decomposed, store.get("e\u0301"));
    }

    @Test
    void anOpenFileStaysReadableWhenItsKeyIsDeletedOrTakenAnew() throws Exception {
        byte[] content = store.put("k", 300);
        try (OpenFile open = store.files().open(K)) {
            store.files().delete(K);
            store.put("k", 20);

            assertArrayEquals(content, TestStore.readAll(open));
            assertNotEquals(open.file().version(), store.files().find(K).version());
        }
    }

    @Test
    void readingStartsAnywhere() throws Exception {
        byte[] content = store.put("k", 300);
        try (OpenFile open = store.files().open(K)) {
            ByteBuffer target = ByteBuffer.allocate(10).position(3);
            open.read(293, target);

            assertEquals(ByteBuffer.wrap(content, 293, 7), target.flip().position(3));
            assertThrows(IOException.class, () -> open.read(293, ByteBuffer.allocate(8)));
        }
    }

    @Test
    void aFileThatWasDamagedFromOutsideIsNotServed() throws Exception {
        store.put("short", 300);
        store.put("missing", 300);
        Files.write(store.root().resolve("users/ann/files/short"), new byte[299]);
        Files.delete(store.root().resolve("users/ann/files/missing"));

        assertThrows(IOException.class, () -> store.get("short"));
        assertThrows(IOException.class, () -> store.get("missing"));
        store.files().delete(new Key("missing"));
        assertEquals(List.of("short"), store.keys());
    }

    @Test
    void anotherDigestIsComputedOnceAndRemembered() throws Exception {
        StoredFile file = store.put("k", TestStore.content(300_000));
        Digest expected = digestOf(store.get("k"), DigestAlgorithm.SHA_256);

        assertEquals(expected, store.files().digest(file, DigestAlgorithm.SHA_256));
        StoredFile found = store.files().find(K);
        assertEquals(List.of(file.digests().get(0), expected), found.digests());
        assertEquals(file.version(), found.version());
        Files.delete(store.root().resolve("users/ann/files/k"));

        store.reopen();
        assertEquals(expected, store.files().digest(store.files().find(K), DigestAlgorithm.SHA_256));
    }

    @Test
    void theDigestOfAFileThatIsNoMoreIsRefused() throws Exception {
        StoredFile file = store.put("k", TestStore.content(300));
        store.files().delete(K);
        assertRefused(Status.NOT_FOUND, () -> store.files().digest(file, DigestAlgorithm.SHA_256));

        store.put("k", 20);
        assertRefused(Status.CONTENT_DIFFERS, () -> store.files().digest(file, DigestAlgorithm.SHA_256));
    }

    private static Digest digestOf(byte[] content, DigestAlgorithm algorithm) {
        return new Digest(
                algorithm, java.util.HexFormat.of().formatHex(algorithm.start().digest(content)));
    }
}
