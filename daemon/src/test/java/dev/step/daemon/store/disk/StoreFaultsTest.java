package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.FaultyDisk.Step;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every step that an operation takes on the disk fails, alone or with all that follow. */
class StoreFaultsTest {
    private static final Key K = new Key("folder/k");
    private static final byte[] CONTENT = TestStore.content(250);
    private static final List<String> ARRIVING = List.of("a", "folder/b", "folder/cc");

    @TempDir
    private Path temporary;

    private int stores;

    @Test
    void publishingThatFailsAnywhereShowsNothingAndCanBeDoneAgain() throws Exception {
        List<Step> steps = steps(store -> lastBlock(store, begin(store)));
        assertTrue(steps.containsAll(List.of(Step.SYNC, Step.RENAME, Step.SYNC_FOLDER, Step.WRITE)), "" + steps);
        assertEquals(Step.WRITE, steps.get(0), "the block, which can be sent again when it fails");
        for (int failing = 1; failing < steps.size(); failing++) {
            for (boolean andAllLater : new boolean[] {false, true}) {
                failPublishing(failing, andAllLater, List.of());
                failPublishing(failing, andAllLater, List.of("other"));
            }
        }
    }

    private void failPublishing(int failing, boolean andAllLater, List<String> others) throws Exception {
        String at = "step " + failing + (andAllLater ? " and later" : "") + ", others: " + others;
        List<String> all = Stream.concat(Stream.of(K.text()), others.stream()).toList();
        try (TestStore store = newStore()) {
            for (String other : others) {
                store.put(other, 30);
            }
            Upload upload = begin(store);
            fail(store, failing, andAllLater);
            boolean published = succeeds(() -> lastBlock(store, upload));
            store.disk().heal();

            assertEquals(published ? all : others, store.keys(), at);
            if (!published) {
                assertRefused(Status.NOT_FOUND, () -> store.files().find(K));
                assertNotMoreThanTheTruth(store, others, at);
                sendAgain(store, upload, at);
            }
            assertArrayEquals(CONTENT, store.get(K.text()), at);
            store.reopen();
            assertEquals(all, store.keys(), at);
            assertArrayEquals(CONTENT, store.get(K.text()), at);
        }
    }

    /** What was received is still there, unless a sync has failed: nobody knows then what the disk has. */
    private static void sendAgain(TestStore store, Upload upload, String at) throws Exception {
        try {
            lastBlock(store, upload);
        } catch (RefusedException refusal) {
            assertEquals(Status.NOT_ALLOWED, refusal.status(), at);
            lastBlock(store, begin(store));
        }
    }

    /** After a crash a file that was not acknowledged may be there, but then it is whole. */
    private void assertNotMoreThanTheTruth(TestStore store, List<String> others, String at) throws Exception {
        try (TestStore next = store.afterCrash(temporary.resolve("crash" + stores++))) {
            assertTrue(next.keys().containsAll(others), at);
            for (String key : next.keys()) {
                assertEquals(
                        TestStore.md5(next.get(key)),
                        next.files().find(new Key(key)).digests().get(0),
                        at);
            }
        }
    }

    @Test
    void publishingWhatCameWholeThatFailsAnywhereShowsAllOfAFileOrNothing() throws Exception {
        List<Step> steps = steps(store -> arrive(store));
        assertTrue(steps.containsAll(List.of(Step.CREATE, Step.SYNC, Step.RENAME, Step.SYNC_FOLDER)), "" + steps);
        for (int failing = 0; failing < steps.size(); failing++) {
            for (boolean andAllLater : new boolean[] {false, true}) {
                failArriving(failing, andAllLater);
            }
        }
    }

    private void failArriving(int failing, boolean andAllLater) throws Exception {
        String at = "step " + failing + (andAllLater ? " and later" : "");
        try (TestStore store = newStore()) {
            fail(store, failing, andAllLater);
            List<String> published = arrive(store);
            store.disk().heal();

            assertEquals(published, store.keys(), at);
            assertNotMoreThanTheTruth(store, published, at);
            for (String key : ARRIVING) {
                if (!published.contains(key)) {
                    assertEquals(List.of(key), arrive(store, List.of(key)), at);
                }
            }
            store.reopen();
            assertEquals(ARRIVING, store.keys(), at);
            for (String key : ARRIVING) {
                assertArrayEquals(TestStore.content(key.length()), store.get(key), at);
            }
            store.reopen(); // which leaves what no catalogue speaks of neither among the uploads nor open
            assertEquals(
                    List.of(),
                    store.everyFile().stream()
                            .filter(path -> path.startsWith("uploads"))
                            .toList(),
                    at);
        }
    }

    private static List<String> arrive(TestStore store) throws Exception {
        return arrive(store, ARRIVING);
    }

    /** Which of them were published. */
    private static List<String> arrive(TestStore store, List<String> keys) throws Exception {
        List<String> published = new ArrayList<>();
        try (Arrivals arrivals = store.files().arrivals()) {
            List<String> taken = new ArrayList<>();
            for (String key : keys) {
                byte[] content = TestStore.content(key.length());
                WholeFile file = new WholeFile(
                        new Key(key), ByteBuffer.wrap(content), TestStore.md5(content), Optional.empty(), false);
                if (succeeds(() -> arrivals.add(file))) {
                    taken.add(key);
                }
            }
            List<Arrivals.Outcome> outcomes = arrivals.publish();
            for (int i = 0; i < taken.size(); i++) {
                if (succeeds(outcomes.get(i)::get)) {
                    published.add(taken.get(i));
                }
            }
        }
        return published;
    }

    @Test
    void deletingThatFailsAnywhereKeepsTheFileOrRemovesIt() throws Exception {
        List<Step> steps = steps(store -> {
            lastBlock(store, begin(store));
            store.disk().heal();
            store.files().delete(K);
        });
        for (int failing = 0; failing < steps.size(); failing++) {
            for (boolean andAllLater : new boolean[] {false, true}) {
                failDeleting(failing, andAllLater);
            }
        }
    }

    private void failDeleting(int failing, boolean andAllLater) throws Exception {
        String at = "step " + failing + (andAllLater ? " and later" : "");
        try (TestStore store = newStore()) {
            lastBlock(store, begin(store));
            fail(store, failing, andAllLater);
            boolean deleted = succeeds(() -> store.files().delete(K));
            store.disk().heal();

            assertEquals(deleted ? List.of() : List.of(K.text()), store.keys(), at);
            if (!deleted) {
                assertArrayEquals(CONTENT, store.get(K.text()), at);
                store.files().delete(K);
            }
            store.reopen();
            assertEquals(List.of(), store.keys(), at);
            lastBlock(store, begin(store));
            assertArrayEquals(CONTENT, store.get(K.text()), at);
        }
    }

    @Test
    void beginningThatFailsAnywhereLeavesNothing() throws Exception {
        List<Step> steps = steps(store -> store.begin("k", 10, 10));
        for (int failing = 0; failing < steps.size(); failing++) {
            try (TestStore store = newStore()) {
                store.disk().failOnce(failing);
                assertFalse(succeeds(() -> store.begin("k", 10, 10)));
                store.disk().heal();
                assertRefused(Status.NOT_ALLOWED, () -> store.files().upload(new Key("k"), Optional.empty()));
                assertEquals(List.of(Path.of("format"), Path.of("lock")), store.everyFile());
                store.put("k", 10);
            }
        }
    }

    @Test
    void savingAValueThatFailsAnywhereKeepsNothingOrAllOfIt() throws Exception {
        JsonObject value = new JsonObject();
        value.addProperty("colour", "blue");
        List<Step> steps = steps(store -> store.data().save(K, value));
        for (int failing = 0; failing < steps.size(); failing++) {
            try (TestStore store = newStore()) {
                assertEquals(List.of(), store.data().list(ListQuery.ALL).keys());
                store.disk().failOnce(failing);
                boolean saved = succeeds(() -> store.data().save(K, value));
                store.disk().heal();
                assertEquals(
                        saved ? List.of(K) : List.of(),
                        store.data().list(ListQuery.ALL).keys());
                if (!saved) {
                    assertRefused(Status.NOT_FOUND, () -> store.data().get(K));
                    store.data().save(K, value);
                }
                assertEquals(value, store.data().get(K));
            }
        }
    }

    @Test
    void openingThatFailsAnywhereCanBeDoneAgain() throws Exception {
        List<Step> steps;
        try (TestStore store = newStore()) {
            steps = store.disk().steps();
        }
        for (int failing = 0; failing < steps.size(); failing++) {
            Path root = temporary.resolve("opened" + failing);
            var disk = new FaultyDisk(new RealDisk());
            disk.failOnce(failing);
            assertFalse(succeeds(() -> DiskStore.open(disk, root).close()), "step " + failing);
            disk.heal();
            DiskStore.open(disk, root).close();
        }
    }

    @Test
    void aFullDiskDoesNotKeepFilesFromBeingDeletedOnceThereIsRoomForALine() throws Exception {
        try (TestStore store = newStore()) {
            lastBlock(store, begin(store));
            store.disk().watch((step, path) -> {
                if (step == Step.CREATE) {
                    throw new IOException("No space left on device");
                }
            });
            store.disk().failOnce(0);
            assertFalse(succeeds(() -> store.files().delete(K)));
            store.disk().heal();

            store.files().delete(K);

            assertEquals(List.of(), store.keys());
        }
    }

    private static Upload begin(TestStore store) throws IOException, RefusedException {
        Upload upload = store.begin(K.text(), CONTENT.length, 100);
        TestStore.write(upload, 0, CONTENT);
        TestStore.write(upload, 1, CONTENT);
        store.disk().heal();
        return upload;
    }

    private static void lastBlock(TestStore store, Upload upload) throws IOException, RefusedException {
        assertTrue(TestStore.write(upload, 2, CONTENT).isPresent());
    }

    private static void fail(TestStore store, int failing, boolean andAllLater) {
        if (andAllLater) {
            store.disk().failFrom(failing);
        } else {
            store.disk().failOnce(failing);
        }
    }

    private TestStore newStore() throws IOException {
        return new TestStore(temporary.resolve("store" + stores++));
    }

    private List<Step> steps(Operation<TestStore> operation) throws Exception {
        try (TestStore store = newStore()) {
            store.disk().heal();
            operation.run(store);
            return store.disk().steps();
        }
    }

    private static boolean succeeds(Action action) throws RefusedException {
        try {
            action.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Operation<T> {
        void run(T subject) throws Exception;
    }

    private interface Action {
        void run() throws IOException, RefusedException;
    }
}
