package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.Seed;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.Usage;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Quota;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a user may have, and what that comes to after everything that changes it. */
@Timeout(300)
final class QuotaTest {
    private static final SaveOptions REPLACE = new SaveOptions(
            OptionalInt.empty(),
            SaveOptions.Resume.NONE,
            new SaveOptions.Publishing(true, false, DigestAlgorithm.MD5),
            Optional.empty());

    @TempDir
    private Path folder;

    private TestStore store;

    @BeforeEach
    void open() throws IOException {
        store = new TestStore(folder.resolve("store"));
        limit(1_000, 10);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private void limit(long bytes, long files) {
        Quota quota = new Quota(OptionalLong.of(bytes), OptionalLong.of(files), OptionalLong.of(700));
        store.store().limit(user -> quota);
    }

    @Test
    void fileThatDoesNotFitIsRefusedWithWhatIsLeft() throws IOException, RefusedException {
        store.put("a", 600);
        assertAvailable(400, () -> store.begin("b", 401, 100));
        store.put("b", 400);
        assertAvailable(0, () -> store.begin("c", 1, 100));
        store.put("empty", 0);
    }

    @Test
    void fileThatIsTooLargeIsRefusedWithHowLargeItMayBe() {
        assertAvailable(700, () -> store.begin("a", 701, 100));
    }

    @Test
    void fileBeyondTheNumberIsRefused() throws IOException, RefusedException {
        limit(1_000, 2);
        store.put("a", 1);
        store.begin("b", 150, 100);
        assertAvailable(0, () -> store.begin("c", 1, 100));
        assertAvailable(0, () -> store.files().move(new MoveFile(new Key("a"), new Key("c"), false, true)));
        store.files().move(new MoveFile(new Key("a"), new Key("c"), false, false));
    }

    @Test
    void unfinishedUploadCountsInFullUntilItEnds() throws IOException, RefusedException {
        Upload upload = store.begin("a", 600, 100);
        TestStore.write(upload, 0, TestStore.content(600));
        assertEquals(600, store.files().pendingBytes());
        assertAvailable(400, () -> store.begin("b", 401, 100));
        store.files().discard(new Key("a"));
        assertEquals(0, store.files().pendingBytes());
        store.begin("b", 700, 100);
    }

    @Test
    void uploadThatStartsOverCountsOnce() throws IOException, RefusedException {
        store.begin("a", 600, 100);
        store.begin("a", 700, 100);
        assertEquals(700, store.files().pendingBytes());
    }

    @Test
    void uploadThatDoesNotFitInPlaceOfAnotherLeavesThatOne() throws IOException, RefusedException {
        store.put("full", 500);
        Upload first = store.begin("a", 400, 100);
        assertAvailable(500, () -> store.begin("a", 501, 100));
        assertEquals(
                first.id(), store.files().unfinished(new Key("a")).orElseThrow().id());
    }

    @Test
    void replacementNeedsRoomForWhatIsMoreThanTheOldFile() throws IOException, RefusedException {
        store.put("a", 700);
        assertAvailable(700, () -> replace("a", 701));
        put(replace("a", 650), 650);
        assertEquals(new Usage(1, 650), store.files().usage());
        assertEquals(0, store.files().pendingBytes());
    }

    @Test
    void fileThatIsBeingReplacedIsMovedOnlyIfBothFit() throws IOException, RefusedException {
        store.put("a", 600);
        Upload replacement = replace("a", 600);
        assertAvailable(0, () -> store.files().move(new MoveFile(new Key("a"), new Key("b"), false, false)));
        put(replacement, 600);
        store.files().move(new MoveFile(new Key("a"), new Key("b"), false, false));
        assertEquals(new Usage(1, 600), store.files().usage());
    }

    @Test
    void promisesAndUseAreTheSameAfterARestart() throws IOException, RefusedException {
        store.put("a", 300);
        store.put("gone", 300);
        store.files().delete(new Key("gone"));
        TestStore.write(store.begin("b", 500, 100), 0, TestStore.content(500));
        store.reopen();
        limit(1_000, 10);
        assertEquals(500, store.files().pendingBytes());
        assertEquals(new Usage(1, 300), store.files().usage());
        assertAvailable(200, () -> store.begin("c", 201, 100));
    }

    @Test
    void valuesCountAmongTheBytesAndAfterARestartToo() throws IOException, RefusedException {
        JsonObject value = new JsonObject();
        value.addProperty("text", "x".repeat(389)); // 400 bytes as JSON
        store.put("a", 200);
        store.data().save(new Key("v"), value);
        assertEquals(400, store.data().bytes());
        assertAvailable(400, () -> store.begin("b", 401, 100));
        store.reopen();
        limit(1_000, 1);
        assertAvailable(0, () -> store.begin("b", 1, 100)); // of one file
        store.data().save(new Key("w"), value);
        assertAvailable(0, () -> store.data().save(new Key("x"), value));
        store.data().delete(new Key("v"));
        assertEquals(400, store.data().bytes());
        assertEquals(0, store.files().pendingBytes());
        store.data().save(new Key("x"), value);
    }

    @Test
    void quotaThatShrinksTakesNothingAway() throws IOException, RefusedException {
        byte[] content = store.put("a", 600);
        limit(100, 10);
        assertAvailable(0, () -> store.begin("b", 1, 100));
        assertEquals(content.length, store.get("a").length);
        store.files().delete(new Key("a"));
        store.put("b", 100);
    }

    @Test
    void manyAtOnceGetNoMoreThanThereIs() throws Exception {
        int clients = 16;
        limit(500, 1_000);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<Integer>> results = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String key = "client " + client + " file ";
            results.add(threads.submit(() -> {
                start.await();
                return putUntilRefused(key);
            }));
        }
        start.countDown();
        int stored = 0;
        for (Future<Integer> result : results) {
            stored += result.get();
        }
        threads.shutdown();
        assertEquals(new Usage(stored, 10L * stored), store.files().usage());
        putUntilRefused("rest "); // one that was just stored counts twice for a moment, so that others stop early
        assertEquals(new Usage(50, 500), store.files().usage());
    }

    private int putUntilRefused(String prefix) throws IOException {
        for (int i = 0; ; i++) {
            try {
                store.put(prefix + i, 10);
            } catch (RefusedException e) {
                assertEquals(Status.TOO_LARGE, e.status());
                return i;
            }
        }
    }

    /** Whatever is done, in whatever order: the quota holds, and the numbers are those that counting gives. */
    @Test
    void numbersStayRightThroughEverything() throws IOException {
        Random random = Seed.random();
        for (int step = 0; step < 2_000; step++) {
            try {
                change(random);
            } catch (RefusedException e) {
                assertTrue(!String.valueOf(e.getMessage()).isEmpty());
            }
            Usage usage = store.files().usage();
            assertTrue(usage.bytes() <= 1_000, usage::toString);
            assertTrue(usage.files() <= 10, usage::toString);
            if (step % 50 == 0) {
                assertEquals(counted(), usage);
            }
        }
        assertEquals(counted(), store.files().usage());
        for (Key key : store.files().list(ListQuery.ALL).keys()) {
            delete(key);
        }
        assertEquals(Usage.NOTHING, store.files().usage());
    }

    private void change(Random random) throws IOException, RefusedException {
        Key key = new Key("key " + random.nextInt(6));
        Key other = new Key("key " + random.nextInt(6));
        int size = random.nextInt(500);
        switch (random.nextInt(9)) {
            case 0 -> store.put(key.text(), size);
            case 1, 2 -> put(replace(key.text(), size), size);
            case 3 -> replace(key.text(), size);
            case 4 -> store.begin(key.text(), size, 100);
            case 5 -> delete(key);
            case 6 -> store.files().discard(key);
            case 7 -> store.files().move(new MoveFile(key, other, random.nextBoolean(), random.nextBoolean()));
            default -> {
                if (random.nextInt(20) == 0) {
                    store.reopen();
                    limit(1_000, 10);
                } else {
                    finish(key);
                }
            }
        }
    }

    private void finish(Key key) throws IOException, RefusedException {
        Optional<Upload> upload = store.files().unfinished(key);
        if (upload.isPresent()) {
            put(upload.get(), (int) upload.get().plan().size());
        }
    }

    private void delete(Key key) throws IOException {
        try {
            store.files().delete(key);
        } catch (RefusedException e) {
            assertEquals(Status.NOT_FOUND, e.status());
        }
    }

    private Usage counted() throws IOException {
        ListQuery all = new ListQuery("", Optional.empty(), Optional.empty(), 1_000, true);
        var details = store.files().list(all).details().orElseThrow();
        return new Usage(
                details.size(), details.stream().mapToLong(file -> file.size()).sum());
    }

    private Upload replace(String key, int size) throws IOException, RefusedException {
        return store.files().begin(new UploadSpec(new Key(key), new BlockPlan(size, 100), REPLACE));
    }

    private static void put(Upload upload, int size) throws IOException, RefusedException {
        for (int index = 0;
                index < upload.plan().totalBlocks() && upload.published().isEmpty();
                index++) {
            TestStore.write(upload, index, TestStore.content(size));
        }
    }

    private static void assertAvailable(long bytes, Executable request) {
        RefusedException refusal = assertRefused(Status.TOO_LARGE, request);
        assertEquals(bytes, refusal.details().get("available").getAsLong(), refusal.getMessage());
    }
}
