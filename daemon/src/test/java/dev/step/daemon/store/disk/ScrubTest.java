package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.ScrubStatus;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read again while a server runs, on a disk that has changed some of them. */
@Timeout(120)
final class ScrubTest {
    private static final int SIZE = 450;
    private static final long FAST = 1L << 40;

    @TempDir
    private Path folder;

    private Path root;
    private Path files;

    @BeforeEach
    void makeStore() throws IOException, RefusedException {
        root = folder.resolve("store");
        try (TestStore store = new TestStore(root)) {
            store.put("a", SIZE);
            store.put("b/c", SIZE);
            store.put("empty", 0);
        }
        files = new StorePaths(root).user(TestStore.USER).files(Tree.FIRST);
    }

    @Test
    void goodFilesStay() throws IOException {
        assertEquals(new ScrubStatus(1, 3, 2 * SIZE, 0, 0), scrub());
    }

    @Test
    void damagedFileIsTakenOutAndKept() throws IOException, RefusedException {
        byte[] damaged = Files.readAllBytes(files.resolve("b=/c"));
        damaged[17] ^= 1;
        Files.write(files.resolve("b=/c"), damaged);
        assertEquals(new ScrubStatus(1, 3, 2 * SIZE, 1, 0), scrub());
        try (TestStore store = new TestStore(root)) {
            assertRefused(Status.NOT_FOUND, () -> store.get("b/c"));
            assertArrayEquals(TestStore.content(SIZE), store.get("a"));
            store.put("b/c", SIZE);
        }
        assertArrayEquals(damaged, Files.readAllBytes(quarantined()));
        List<String> lines = new ArrayList<>();
        assertTrue(StoreCheck.run(new RealDisk(), root, false, lines::add), lines::toString);
    }

    @Test
    void fileOfAnotherSizeIsTakenOut() throws IOException {
        Files.write(files.resolve("a"), new byte[] {1}, StandardOpenOption.APPEND);
        assertEquals(1, scrub().damaged());
        assertEquals(SIZE + 1, Files.size(quarantined()));
    }

    @Test
    void fileThatIsMissingIsToldAndStaysInTheCatalogue() throws IOException {
        Files.delete(files.resolve("a"));
        assertEquals(new ScrubStatus(1, 2, SIZE, 0, 1), scrub());
        try (TestStore store = new TestStore(root)) {
            assertEquals(3, store.keys().size());
        }
    }

    @Test
    void paceReadsNoFasterThanItMayAndEndsAtOnce() throws Exception {
        ScrubPace pace = new ScrubPace(1_000_000);
        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            pace.read(10_000);
        }
        assertTrue(System.nanoTime() - begun >= Duration.ofMillis(100).toNanos());
        Thread ending = new Thread(pace::end);
        ending.start();
        assertThrows(InterruptedIOException.class, () -> pace.read(Integer.MAX_VALUE));
        ending.join();
    }

    /** The first pass begins with the store; closing the store ends whatever goes on. */
    private ScrubStatus scrub() throws IOException {
        StoreSettings settings = new StoreSettings(Durability.FILE, Duration.ofDays(7), 0, FAST);
        try (DiskStore store = DiskStore.open(new RealDisk(), root, settings, InstantSource.system())) {
            while (store.scrubStatus().passes() == 0) {
                Thread.onSpinWait();
            }
            return store.scrubStatus();
        }
    }

    private Path quarantined() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve("quarantine"))) {
            return all.filter(path -> path.endsWith("content")).findFirst().orElseThrow();
        }
    }
}
