package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.daemon.disk.FaultyDisk.Step;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that many threads work at. */
@Timeout(60)
class ConcurrentUploadTest {
    private static final Key K = new Key("k");

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path temporary;

    private TestStore store;

    @BeforeEach
    void open() throws IOException {
        store = new TestStore(temporary.resolve("root"));
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdown();
        store.close();
    }

    @Test
    void exactlyOneOfManyWritersCompletesTheFile() throws Exception {
        Random random = Seed.random();
        for (int round = 0; round < 50; round++) {
            int blocks = 1 + random.nextInt(40);
            byte[] content = TestStore.content(blocks * 1000 - random.nextInt(1000));
            Upload upload = store.begin("k", content.length, 1000);
            List<Callable<Optional<StoredFile>>> writes = new ArrayList<>();
            for (int i = 0; i < blocks * 3; i++) {
                int index = i % blocks;
                writes.add(() -> TestStore.write(upload, index, content));
            }
            Collections.shuffle(writes, random);

            List<StoredFile> completed = new ArrayList<>();
            for (Future<Optional<StoredFile>> write : threads.invokeAll(writes)) {
                resultUnlessComplete(write).ifPresent(completed::add);
            }

            assertEquals(1, completed.size());
            assertEquals(TestStore.md5(content), completed.get(0).digests().get(0));
            assertArrayEquals(content, store.get("k"));
            store.files().delete(K);
        }
    }

    /** A block that is repeated after the file is complete is refused, and only that. */
    private static Optional<StoredFile> resultUnlessComplete(Future<Optional<StoredFile>> write) throws Exception {
        try {
            return write.get();
        } catch (ExecutionException e) {
            assertEquals(Status.EXISTS, ((RefusedException) e.getCause()).status());
            return Optional.empty();
        }
    }

    @Test
    void theDigestIsThatOfTheBytesOnTheDiskWhoeverWritesWhat() throws Exception {
        Random random = Seed.random();
        for (int round = 0; round < 100; round++) {
            int blocks = 2 + random.nextInt(6);
            int size = blocks * 5000;
            byte[][] drafts = {new byte[size], TestStore.content(size), TestStore.content(size + 1)};
            Upload upload = store.begin("k", size, 5000);
            List<Callable<Optional<StoredFile>>> writes = new ArrayList<>();
            for (int i = 0; i < blocks * 12; i++) {
                int index = i % blocks;
                byte[] draft = drafts[random.nextInt(drafts.length)];
                writes.add(() -> TestStore.write(upload, index, draft));
            }
            Collections.shuffle(writes, random);

            for (Future<Optional<StoredFile>> write : threads.invokeAll(writes)) {
                resultUnlessComplete(write);
            }

            StoredFile file = upload.published().orElseThrow();
            assertEquals(TestStore.md5(store.get("k")), file.digests().get(0));
            store.files().delete(K);
        }
    }

    @Test
    void aRepeatOfABlockThatIsBeingWrittenWaitsForIt() throws Exception {
        byte[] content = TestStore.content(300);
        Upload upload = store.begin("k", 300, 100);
        Gate gate = new Gate(Step.WRITE);
        Future<Optional<StoredFile>> first = threads.submit(() -> TestStore.write(upload, 0, content));
        gate.awaitArrival();
        WatchedThread second = new WatchedThread(() -> TestStore.write(upload, 0, content));

        second.awaitWaiting();
        assertTrue(TestStore.write(upload, 1, content).isEmpty(), "other blocks don't wait");
        store.disk().heal();
        gate.open();

        assertEquals(List.of(Optional.empty(), Optional.empty()), List.of(first.get(), second.get()));
        assertEquals(List.of(Step.WRITE), store.disk().steps(), "only the first one's record in the journal");
        assertTrue(TestStore.write(upload, 2, content).isPresent());
    }

    @Test
    void aRepeatedBlockOfAFileThatIsBeingPublishedDoesNotWait() throws Exception {
        byte[] content = TestStore.content(200);
        Upload upload = store.begin("k", 200, 100);
        TestStore.write(upload, 0, content);
        Gate gate = new Gate(Step.RENAME);
        Future<Optional<StoredFile>> last = threads.submit(() -> TestStore.write(upload, 1, content));
        gate.awaitArrival();

        assertTrue(TestStore.write(upload, 0, content).isEmpty());
        WatchedThread changed = new WatchedThread(() -> TestStore.write(upload, 0, new byte[200]));
        changed.awaitWaiting();
        WatchedThread again = new WatchedThread(() -> {
            store.begin("k", 200, 100);
            return Optional.empty();
        });
        again.awaitWaiting();
        gate.open();

        assertTrue(last.get().isPresent());
        assertRefused(Status.EXISTS, changed::get);
        assertRefused(Status.EXISTS, again::get);
        assertArrayEquals(content, store.get("k"));
        assertEquals(List.of("k"), store.keys());
        assertRefused(Status.EXISTS, () -> store.files().upload(K, Optional.empty()));
    }

    @Test
    void aWriteInFlightSurvivesThatItsUploadIsDiscarded() throws Exception {
        byte[] content = TestStore.content(200);
        Upload upload = store.begin("k", 200, 100);
        Gate gate = new Gate(Step.WRITE);
        WatchedThread write = new WatchedThread(() -> TestStore.write(upload, 0, content));
        gate.awaitArrival();
        WatchedThread repeat = new WatchedThread(() -> TestStore.write(upload, 0, content));
        repeat.awaitWaiting();

        assertRefused(Status.NOT_FOUND, () -> store.files().delete(K));
        gate.open();

        assertRefused(Status.NOT_ALLOWED, write::get);
        assertRefused(Status.NOT_ALLOWED, repeat::get);
        assertEquals(List.of(Path.of("format"), Path.of("lock")), store.everyFile(), "nothing is made anew");
    }

    @Test
    void ofManyUploadsOfOneKeyThatBeginAtOnceOneStays() throws Exception {
        byte[] content = TestStore.content(100);
        for (int round = 0; round < 50; round++) {
            List<Future<Upload>> begun = threads.invokeAll(Collections.nCopies(8, () -> store.begin("k", 100, 100)));
            int accepted = 0;
            for (Future<Upload> upload : begun) {
                accepted += isAccepted(upload.get(), content) ? 1 : 0;
            }
            assertEquals(1, accepted);
            assertArrayEquals(content, store.get("k"));
            store.files().delete(K);
            assertEquals(0, store.root().resolve("uploads").toFile().list().length);
        }
    }

    private static boolean isAccepted(Upload upload, byte[] content) throws IOException {
        try {
            return TestStore.write(upload, 0, content).isPresent();
        } catch (RefusedException e) {
            assertEquals(Status.NOT_ALLOWED, e.status());
            return false;
        }
    }

    @Test
    void savingDeletingAndWritingAtOnceNeverLosesAnAcknowledgedFile() throws Exception {
        Random random = Seed.random();
        for (int round = 0; round < 100; round++) {
            byte[] content = TestStore.content(300);
            Upload upload = store.begin("k", 300, 100);
            List<Callable<Optional<StoredFile>>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int index = i;
                calls.add(() -> TestStore.write(upload, index, content));
            }
            calls.add(() -> {
                store.begin("k", 100, 100);
                return Optional.empty();
            });
            Collections.shuffle(calls, random);
            List<StoredFile> completed = new ArrayList<>();
            for (Future<Optional<StoredFile>> call : threads.invokeAll(calls)) {
                resultUnlessRefused(call).ifPresent(completed::add);
            }
            boolean isThere = store.keys().contains("k");
            assertEquals(isThere, !completed.isEmpty());
            if (isThere) {
                assertArrayEquals(content, store.get("k"));
                store.files().delete(K);
            } else {
                assertRefused(Status.NOT_FOUND, () -> store.files().delete(K));
            }
        }
        assertEquals(0, store.root().resolve("uploads").toFile().list().length);
    }

    private static Optional<StoredFile> resultUnlessRefused(Future<Optional<StoredFile>> call) throws Exception {
        try {
            return call.get();
        } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof RefusedException, e.toString());
            return Optional.empty();
        }
    }

    @Test
    void filesOfManyUsersAndKeysArePublishedAtTheSameTime() throws Exception {
        List<Callable<byte[]>> puts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "folder" + i % 7 + "/k" + i;
            puts.add(() -> store.put(key, 500));
        }
        for (Future<byte[]> put : threads.invokeAll(puts)) {
            put.get();
        }
        assertEquals(200, store.keys().size());
        List<Callable<Void>> deletes = new ArrayList<>();
        for (String key : store.keys()) {
            deletes.add(() -> {
                store.files().delete(new Key(key));
                return null;
            });
        }
        for (Future<Void> delete : threads.invokeAll(deletes)) {
            delete.get();
        }
        assertEquals(0, store.root().resolve("users/ann/files").toFile().list().length);
    }

    /** Holds the first thread that comes to a step of the disk. */
    private final class Gate {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        Gate(Step held) {
            store.disk().watch((step, path) -> {
                if (step == held && arrived.getCount() > 0) {
                    arrived.countDown();
                    await(opened);
                }
            });
        }

        void awaitArrival() {
            await(arrived);
        }

        void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertTrue(latch.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A call in a thread of its own, of which one can see that it waits. */
    private static final class WatchedThread {
        private final FutureTask<Optional<StoredFile>> task;
        private final Thread thread;

        WatchedThread(Callable<Optional<StoredFile>> call) {
            task = new FutureTask<>(call);
            thread = new Thread(task);
            thread.start();
        }

        void awaitWaiting() {
            while (thread.getState() != Thread.State.WAITING) {
                assertFalse(task.isDone(), "it did not wait");
                Thread.onSpinWait();
            }
        }

        Optional<StoredFile> get() throws Exception {
            try {
                return task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }
}
