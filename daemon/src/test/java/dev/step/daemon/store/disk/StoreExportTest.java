package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.archive.ArchiveEntry;
import dev.step.daemon.store.archive.ArchiveReader;
import dev.step.daemon.store.archive.ArchiveWriter;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.ListQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that becomes a tar, and a store again. */
@Timeout(600)
final class StoreExportTest {
    private static final UserName LONG_NAME = new UserName("王".repeat(42));
    private static final UserName NOBODY = new UserName("");
    private static final List<String> KEYS = List.of(
            "a",
            "b/c",
            "b//",
            "50%=é?",
            "...",
            "x".repeat(1_000),
            "\uD83D\uDE00/\u202E",
            "=",
            "e\u0301",
            "\u00e9",
            "empty");

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @Test
    void everythingIsThereAgainWithDigestsTimesAndUsers() throws IOException, RefusedException {
        byte[] tar = export(makeStore("one"));
        assertEquals("users: 3, files: 13 of 4400 bytes, values: 2, damaged: 0", lines.get(0));
        try (TestStore before = new TestStore(folder.resolve("one"));
                TestStore after = new TestStore(folder.resolve("two"))) {
            assertTrue(load(tar, after), lines::toString);
            assertEquals(List.of("files: 13 of 4400 bytes, values: 2, there already: 0, not taken: 0"), lines);
            assertSameFiles(before, after);
            after.reopen();
            assertSameFiles(before, after);
            assertEquals(1, after.data().get(new Key("v/1")).get("n").getAsInt());
            assertEquals(
                    1, after.store().files(LONG_NAME).list(ListQuery.ALL).keys().size());
        }
        lines.clear();
        assertTrue(StoreCheck.run(new RealDisk(), folder.resolve("two"), false, lines::add), lines::toString);
    }

    private static void assertSameFiles(TestStore before, TestStore after) throws IOException, RefusedException {
        assertEquals(before.keys(), after.keys());
        for (String key : KEYS) {
            StoredFile old = before.files().find(new Key(key));
            StoredFile copy = after.files().find(new Key(key));
            assertEquals(old.digests(), copy.digests());
            assertEquals(old.modified(), copy.modified());
            assertArrayEquals(before.get(key), after.get(key));
        }
        Key shared = new Key("a");
        for (UserName user : List.of(LONG_NAME, NOBODY)) {
            assertEquals(
                    before.store().files(user).find(shared).digests(),
                    after.store().files(user).find(shared).digests());
        }
    }

    @Test
    void importThatIsRunAgainPassesOverWhatIsThere() throws IOException, RefusedException {
        byte[] tar = export(makeStore("one"));
        try (TestStore store = new TestStore(folder.resolve("two"))) {
            assertTrue(load(tar, store));
            assertTrue(load(tar, store));
            assertEquals(List.of("files: 0 of 0 bytes, values: 0, there already: 15, not taken: 0"), lines);
        }
    }

    @Test
    void whatIsThereWithAnotherContentStaysAndIsTold() throws IOException, RefusedException {
        byte[] tar = export(makeStore("one"));
        try (TestStore store = new TestStore(folder.resolve("two"))) {
            byte[] mine = store.put("b/c", 7);
            JsonObject value = new JsonObject();
            value.addProperty("n", 2);
            store.data().save(new Key("v/1"), value);
            assertFalse(load(tar, store));
            assertEquals(3, lines.size(), lines::toString);
            assertTrue(lines.get(0).startsWith("user ann, key b/c: not taken: "), lines::toString);
            assertArrayEquals(mine, store.get("b/c"));
            assertEquals(value, store.data().get(new Key("v/1")));
        }
    }

    @Test
    void damagedFileIsFoundOnTheWayOutAndIn() throws IOException, RefusedException {
        Path root = makeStore("one");
        Path file = new StorePaths(root).user(TestStore.USER).file(Tree.FIRST, new Key("b/c"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[3] ^= 1;
        Files.write(file, bytes);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        assertFalse(StoreExport.run(new RealDisk(), root, tar, lines::add));
        assertTrue(lines.get(0).endsWith("/b=/c: is damaged"), lines::toString);
        try (TestStore store = new TestStore(folder.resolve("two"))) {
            assertFalse(load(tar.toByteArray(), store));
            assertTrue(lines.get(0).contains("key b/c: not taken: its content came to "), lines::toString);
            assertEquals(KEYS.size() - 1, store.keys().size());
            assertEquals(
                    0,
                    store.everyFile().stream()
                            .filter(path -> path.startsWith("uploads"))
                            .count());
        }
    }

    @Test
    void exportThatWasCutOffIsNoticedWhereverThatIs() throws IOException, RefusedException {
        byte[] tar = export(makeStore("one"));
        for (int length = 0; length < tar.length - 2_048; length += 512) {
            byte[] part = Arrays.copyOf(tar, length);
            try (TestStore store = new TestStore(folder.resolve("cut " + length))) {
                assertThrows(IOException.class, () -> load(part, store), "cut at " + length);
            }
        }
    }

    @Test
    void whatIsNoExportIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArchiveWriter archive = new ArchiveWriter(bytes)) {
            put(archive, "users/ann/files/../../../../etc/passwd");
            archive.finish();
        }
        try (TestStore store = new TestStore(folder.resolve("two"))) {
            assertThrows(IOException.class, () -> load(bytes.toByteArray(), store));
            assertThrows(IOException.class, () -> load("nonsense".repeat(1_000).getBytes(), store));
            assertEquals(List.of(), store.keys());
        }
    }

    private static void put(ArchiveWriter archive, String name) throws IOException {
        archive.begin(new ArchiveEntry(name, 0, Instant.EPOCH, List.of(TestStore.md5(new byte[0]))));
        archive.end();
    }

    /** Nine GiB of zeros, which no disk has to hold. */
    @Test
    @Tag("long")
    void sizesBeyond8GibAreKept() throws Exception {
        long size = 9L << 30;
        byte[] zeros = new byte[1 << 20];
        PipedInputStream in = new PipedInputStream(1 << 20);
        PipedOutputStream out = new PipedOutputStream(in);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (ArchiveWriter archive = new ArchiveWriter(out)) {
                OutputStream to = archive.begin(new ArchiveEntry("users/a/files/big", size, Instant.EPOCH, List.of()));
                for (long at = 0; at < size; at += zeros.length) {
                    to.write(zeros);
                }
                archive.end();
                archive.finish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (ArchiveReader archive = new ArchiveReader(in)) {
            assertEquals(size, archive.next().orElseThrow().size());
            assertEquals(size, archive.content().skip(Long.MAX_VALUE));
            assertEquals(Optional.empty(), archive.next());
        }
        writing.get();
    }

    @Test
    void timesAndDigestsSurviveTheTarExactly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Digest sha = new Digest(DigestAlgorithm.SHA_256, "ab".repeat(32));
        List<ArchiveEntry> entries = List.of(
                new ArchiveEntry("users/a/files/" + "k".repeat(300), 0, Instant.ofEpochMilli(-1), List.of(sha)),
                new ArchiveEntry("users/a/files/b", 0, Instant.ofEpochMilli(1_700_000_000_123L), List.of()));
        try (ArchiveWriter archive = new ArchiveWriter(bytes)) {
            for (ArchiveEntry entry : entries) {
                archive.begin(entry);
                archive.end();
            }
            archive.finish();
        }
        try (ArchiveReader archive = new ArchiveReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (ArchiveEntry entry : entries) {
                assertEquals(Optional.of(entry), archive.next());
            }
            assertEquals(Optional.empty(), archive.next());
        }
    }

    private Path makeStore(String name) throws IOException, RefusedException {
        Path root = folder.resolve(name);
        try (TestStore store = new TestStore(root)) {
            for (String key : KEYS) {
                store.put(key, key.equals("empty") ? 0 : 440);
            }
            for (UserName user : List.of(LONG_NAME, NOBODY)) {
                store.store()
                        .adopt(
                                user,
                                new Adoption.Incoming(new Key("a"), 0, Instant.EPOCH, List.of()),
                                InputStream.nullInputStream());
            }
            store.begin("unfinished", 450, 100);
            JsonObject value = new JsonObject();
            value.addProperty("n", 1);
            store.data().save(new Key("v/1"), value);
            store.store().data(LONG_NAME).save(new Key("v"), value);
        }
        return root;
    }

    private byte[] export(Path root) throws IOException {
        lines.clear();
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        assertTrue(StoreExport.run(new RealDisk(), root, tar, lines::add), lines::toString);
        return tar.toByteArray();
    }

    private boolean load(byte[] tar, TestStore store) throws IOException {
        lines.clear();
        return StoreImport.run(store.store(), new ByteArrayInputStream(tar), lines::add);
    }
}
