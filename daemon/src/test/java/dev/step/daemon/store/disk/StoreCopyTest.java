package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.daemon.store.copy.CopyReport;
import dev.step.daemon.store.copy.StoreCopy;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder that is copied into another folder. */
@Timeout(120)
final class StoreCopyTest {
    private static final Instant MODIFIED = Instant.ofEpochMilli(1_600_000_000_123L);
    private static final UserName LONG_NAME = new UserName("王".repeat(42));
    private static final int LARGE = (3 << 20) + 5;
    private static final List<String> KEYS =
            List.of("a", "b/c", "b=", "large", "sha", "x".repeat(1_000), "\uD83D\uDE00/\u202E", "\u00e9", "empty");

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private Path from;

    @BeforeEach
    void makeStore() throws IOException, RefusedException {
        from = folder.resolve("from");
        try (TestStore store = new TestStore(from)) {
            for (String key : KEYS) {
                int size = key.equals("large") ? LARGE : key.equals("empty") ? 0 : 100 + key.length();
                put(store.files(), key, TestStore.content(size));
            }
            put(store.store().files(LONG_NAME), "a", TestStore.content(7));
            store.files().digest(store.files().find(new Key("sha")), DigestAlgorithm.SHA_256);
            store.data().save(new Key("v/1"), value(1));
            store.store().data(new UserName("")).save(new Key("v"), value(2));
            store.begin("unfinished", 1_000, 100);
        }
    }

    private static void put(UserFiles files, String key, byte[] content) throws IOException, RefusedException {
        try (Arrivals arrivals = files.arrivals()) {
            arrivals.add(new WholeFile(
                    new Key(key), ByteBuffer.wrap(content), TestStore.md5(content), Optional.of(MODIFIED), false));
            arrivals.publish().get(0).get();
        }
    }

    private static JsonObject value(int number) {
        JsonObject value = new JsonObject();
        value.addProperty("n", number);
        return value;
    }

    private CopyReport copy(TestStore to) throws IOException {
        CopyReport report = new CopyReport(lines::add, () -> 0);
        try (StoreSource source = DiskSource.open(new RealDisk(), from)) {
            new StoreCopy(source, to.store(), report).run();
        }
        return report;
    }

    private void assertSame(TestStore to) throws IOException, RefusedException {
        assertEquals(
                KEYS.stream().sorted().toList(), to.keys().stream().sorted().toList());
        for (String key : KEYS) {
            StoredFile file = to.files().find(new Key(key));
            byte[] content = to.get(key);
            assertArrayEquals(TestStore.content(content.length), content);
            assertEquals(TestStore.md5(content), file.digests().get(0));
            assertEquals(MODIFIED, file.modified());
        }
        assertEquals(7, to.store().files(LONG_NAME).find(new Key("a")).size());
        assertEquals(value(1), to.data().get(new Key("v/1")));
        assertEquals(value(2), to.store().data(new UserName("")).get(new Key("v")));
    }

    @Test
    void everythingIsThereWithDigestsAndTimesAndTheSourceUnchanged() throws IOException, RefusedException {
        Map<String, String> before = contents(from);
        try (TestStore to = new TestStore(folder.resolve("to"))) {
            CopyReport report = copy(to);
            assertTrue(report.isGood(), lines::toString);
            assertTrue(report.summary().startsWith("files: 10 of "), report::summary);
            assertTrue(
                    report.summary()
                            .endsWith("values: 2, skipped: 0, failed: 0, unfinished uploads, which are not copied: 1"),
                    report::summary);
            assertSame(to);
        }
        assertEquals(List.of(), lines);
        assertEquals(before, contents(from));
        assertTrue(StoreCheck.run(new RealDisk(), folder.resolve("to"), false, lines::add), lines::toString);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (var paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String content = Files.isRegularFile(path)
                        ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                        : "";
                contents.put(root.relativize(path).toString(), content + Files.getLastModifiedTime(path));
            }
        }
        return contents;
    }

    @Test
    void secondCopySkipsWhatIsThere() throws IOException, RefusedException {
        try (TestStore to = new TestStore(folder.resolve("to"))) {
            copy(to);
            String version = to.files().find(new Key("large")).version();
            Files.delete(
                    new StorePaths(from).user(TestStore.USER).file(Tree.FIRST, new Key("large"))); // is not read again
            to.disk().heal(); // counts from here
            assertTrue(
                    copy(to).summary().startsWith("files: 0 of 0 bytes, values: 0, skipped: 12, failed: 0"),
                    lines::toString);
            assertEquals(version, to.files().find(new Key("large")).version());
            assertEquals(List.of(), to.disk().steps());
        }
    }

    @Test
    void copyThatTheTargetsDiskEndsAnywhereGoesOnWithTheNext() throws IOException, RefusedException {
        int steps;
        try (TestStore to = new TestStore(folder.resolve("counted"))) {
            to.disk().heal();
            copy(to);
            steps = to.disk().steps().size();
        }
        for (int step = 0; step < steps; step++) {
            try (TestStore to = new TestStore(folder.resolve("to " + step))) {
                to.disk().failFrom(step);
                boolean failed = false;
                try {
                    failed = !copy(to).isGood();
                } catch (IOException e) {
                    failed = true;
                }
                boolean isOnlyTidying = !failed;
                to.disk().heal();
                to.reopen();
                assertTrue(copy(to).isGood(), "step " + step + ": " + lines);
                assertSame(to);
                assertTrue(!isOnlyTidying || step > steps / 2, "step " + step + " has failed, and nobody was told");
            }
        }
    }

    @Test
    void damagedFilesAreToldAndTheOthersCopied() throws IOException, RefusedException {
        StorePaths paths = new StorePaths(from);
        damage(paths.user(TestStore.USER).file(Tree.FIRST, new Key("b/c")));
        damage(paths.user(TestStore.USER).file(Tree.FIRST, new Key("large")));
        Files.delete(paths.user(TestStore.USER).file(Tree.FIRST, new Key("a")));
        Files.writeString(paths.user(TestStore.USER).value(new Key("v/1")), "nonsense");
        try (TestStore to = new TestStore(folder.resolve("to"))) {
            assertFalse(copy(to).isGood());
            assertEquals(4, lines.size(), lines::toString);
            assertTrue(lines.get(0).startsWith("user ann, key a: not copied: it cannot be read: "), lines::toString);
            assertTrue(
                    lines.get(1).startsWith("user ann, key b/c: not copied: it is damaged: its content came to "),
                    lines::toString);
            assertTrue(lines.get(2).startsWith("user ann, key large: not copied: it is damaged"), lines::toString);
            assertTrue(lines.get(3).startsWith("user ann, key v/1: not copied: "), lines::toString);
            assertEquals(KEYS.size() - 3, to.keys().size());
            assertEquals(List.of(), to.store().unfinishedUploads());
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void whatIsThereWithAnotherContentStaysAndIsTold() throws IOException, RefusedException {
        try (TestStore to = new TestStore(folder.resolve("to"))) {
            byte[] mine = TestStore.content(103).clone();
            mine[5] ^= 1;
            to.put("b/c", mine);
            to.data().save(new Key("v/1"), value(3));
            assertFalse(copy(to).isGood());
            assertEquals(
                    List.of(
                            "user ann, key b/c: not copied: the target has another content of this key, which stays",
                            "user ann, key v/1: not copied: This \"key\" v/1 is existing."),
                    lines);
            assertArrayEquals(mine, to.get("b/c"));
            assertEquals(value(3), to.data().get(new Key("v/1")));
        }
    }

    @Test
    void storeThatAServerHasOpenIsRefusedAndAFolderThatIsNoneToo() throws IOException {
        try (TestStore server = new TestStore(from)) {
            assertThrows(StoreInUseException.class, () -> DiskSource.open(new RealDisk(), from));
        }
        Path none = folder.resolve("none");
        assertThrows(IOException.class, () -> DiskSource.open(new RealDisk(), none));
        assertFalse(Files.exists(none));
    }

    @Test
    void howFarItIsIsToldEveryTenSeconds() throws IOException {
        long[] seconds = {0};
        CopyReport report = new CopyReport(lines::add, () -> ++seconds[0] * 1_000_000_000L);
        try (StoreSource source = DiskSource.open(new RealDisk(), from);
                TestStore to = new TestStore(folder.resolve("to"))) {
            new StoreCopy(source, to.store(), report).run();
        }
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("so far: files: 9 of "), lines::toString);
    }
}
