package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.RealDisk;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the reference server leaves it, made by hand. */
final class LegacyImportTest {
    private static final UserName ALICE = new UserName("alice");
    private static final Instant LONG_AGO = Instant.ofEpochMilli(1_500_000_000_123L);

    @TempDir
    private Path folder;

    private Path old;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        old = folder.resolve("old");
        write("file/alice/report.pdf", "a report");
        write("file/alice/王 é", "unicode");
        write("file/bob/report.pdf", "another report");
        write("file/alice/empty", "");
        write(
                "data/alice/note",
                "{\"token\":\"secret\",\"operation\":\"SAVE\",\"type\":\"DATA\",\"direction\":\"REQUEST\","
                        + "\"key\":\"note\",\"text\":\"hello\",\"n\":1.50}");
        write("tmp/alice/half", "ha");
        write("tmp/alice/half.log", "0\n1\n");
        Files.setLastModifiedTime(old.resolve("file/alice/report.pdf"), FileTime.from(LONG_AGO));
    }

    @Test
    void filesAndValuesAreTakenAndUnfinishedUploadsAreTold() throws IOException, RefusedException {
        try (TestStore store = new TestStore(folder.resolve("store"))) {
            assertTrue(take(store), lines::toString);
            assertEquals(
                    List.of(
                            "unfinished uploads, which are not taken: 1",
                            "files: 4 of 29 bytes, values: 1, there already: 0, not taken: 0"),
                    lines);
            var report = store.store().files(ALICE).find(new Key("report.pdf"));
            assertEquals(LONG_AGO, report.modified());
            assertEquals(List.of(TestStore.md5("a report".getBytes())), report.digests());
            try (var file = store.store().files(ALICE).open(new Key("王 é"))) {
                assertArrayEquals("unicode".getBytes(), TestStore.readAll(file));
            }
            assertEquals(
                    "{\"text\":\"hello\",\"n\":1.50}",
                    store.store().data(ALICE).get(new Key("note")).toString());
            assertTrue(take(store));
            assertTrue(lines.get(1).endsWith("there already: 5, not taken: 0"), lines::toString);
        }
        assertTrue(StoreCheck.run(new RealDisk(), folder.resolve("store"), false, lines::add), lines::toString);
    }

    @Test
    void whatCannotBeTakenIsToldAndTheRestIsTaken() throws IOException {
        Files.createSymbolicLink(old.resolve("file/alice/link"), Path.of("/etc/passwd"));
        write("data/alice/broken", "{");
        write("file/" + "u".repeat(129) + "/a", "whose");
        try (TestStore store = new TestStore(folder.resolve("store"))) {
            assertFalse(take(store));
            assertEquals(5, lines.size(), lines::toString);
            assertTrue(lines.get(4).startsWith("files: 4 of 29 bytes, values: 1,"), lines::toString);
        }
    }

    @Test
    void folderOfSomethingElseIsRefused() throws IOException {
        try (TestStore store = new TestStore(folder.resolve("store"))) {
            assertThrows(IOException.class, () -> LegacyImport.run(new RealDisk(), folder, store.store(), lines::add));
        }
    }

    private boolean take(TestStore store) throws IOException {
        lines.clear();
        return LegacyImport.run(new RealDisk(), old, store.store(), lines::add);
    }

    private void write(String name, String text) throws IOException {
        Path file = old.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
