package dev.step.daemon.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.auth.SetClock;
import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.Durability;
import dev.step.daemon.store.disk.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a server can do its work, on a disk that fails. */
final class ReadinessTest {
    private final FaultyDisk disk = new FaultyDisk(new RealDisk());
    private final SetClock clock = new SetClock();
    private final SyncFailures syncs = new SyncFailures(clock);

    @TempDir
    Path folder;

    private DiskStore store;
    private Readiness readiness;

    @BeforeEach
    void open() throws IOException {
        open(StoreSettings.DEFAULT);
    }

    private void open(StoreSettings settings) throws IOException {
        store = DiskStore.open(disk, folder, settings, clock, syncs);
        readiness = new Readiness(store, syncs, clock);
    }

    @AfterEach
    void close() throws IOException {
        disk.heal();
        store.close();
    }

    @Test
    void storeThatCanBeWrittenIsReadyAndNothingIsLeftInIt() throws IOException {
        assertEquals(Optional.empty(), readiness.obstacle());
        try (Stream<Path> left = Files.list(folder.resolve("uploads"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void notReadyWhileNothingCanBeWritten() {
        disk.failFrom(0);
        String said = readiness.obstacle().orElseThrow();
        assertTrue(said.startsWith("the store cannot be written: No space left on device"), said);
        disk.heal();
        assertEquals(Optional.empty(), readiness.obstacle());
    }

    @Test
    void notReadyBelowTheFloorOfFreeSpace() throws IOException {
        store.close();
        open(new StoreSettings(Durability.FILE, Duration.ofDays(1), Long.MAX_VALUE, 0));
        String said = readiness.obstacle().orElseThrow();
        assertTrue(said.startsWith("the disk is nearly full: "), said);
        assertTrue(said.endsWith("(min-free)"), said);
    }

    @Test
    void notReadyForAWhileAfterASyncHasFailed() {
        disk.watch((step, path) -> {
            if (step == FaultyDisk.Step.SYNC) {
                throw new IOException("Input/output error");
            }
        });
        assertTrue(readiness.obstacle().orElseThrow().startsWith("the store cannot be written: Input/output error"));
        disk.watch((step, path) -> {});
        clock.advance(SyncFailures.REMEMBERED);
        String said = readiness.obstacle().orElseThrow();
        assertTrue(said.startsWith("a sync of the store has failed at 2026-01-01T00:00:00Z: Input/output error"), said);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), readiness.obstacle());
    }

    @Test
    void storeWhoseFolderIsGoneIsNotReady() throws IOException {
        Path uploads = folder.resolve("uploads");
        Path aside = folder.resolve("aside");
        Files.move(uploads, aside);
        assertTrue(readiness.obstacle().orElseThrow().startsWith("the store cannot be written: "));
        Files.move(aside, uploads);
        assertEquals(Optional.empty(), readiness.obstacle());
    }

    @Test
    @Timeout(60)
    void whoAsksWhileTheStoreHangsIsToldSoAndTriesItNoMore() throws Exception {
        readiness = new Readiness(store, syncs, clock, Duration.ofMillis(50));
        CountDownLatch healed = new CountDownLatch(1);
        AtomicInteger syncsBegun = new AtomicInteger();
        disk.watch((step, path) -> {
            if (step == FaultyDisk.Step.SYNC) {
                syncsBegun.incrementAndGet();
                awaitUninterruptibly(healed);
            }
        });
        for (int asked = 0; asked < 3; asked++) {
            String said = readiness.obstacle().orElseThrow();
            assertTrue(said.startsWith("the store cannot be written: it has not answered for "), said);
        }
        assertTrue(syncsBegun.get() <= 1, syncsBegun::toString); // it may not have come that far
        healed.countDown();
        while (readiness.obstacle().isPresent()) {
            Thread.onSpinWait(); // until the attempt that hung has ended
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
