package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Two servers' stores over one bucket. */
@Timeout(120)
final class S3StoreTest {
    private static final UserName USER = new UserName("user/é");
    private static final Key KEY = new Key("folder/file");
    private static final int BLOCK = 1_000;
    private static final Duration EXPIRY = Duration.ofDays(7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private StandInS3 s3;
    private S3Store oneStore;
    private S3Store otherStore;
    private UserFiles one;
    private UserFiles other;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        oneStore = open();
        otherStore = open();
        one = oneStore.files(USER);
        other = otherStore.files(USER);
    }

    private S3Store open() throws IOException {
        return S3Store.open(s3.storage(), EXPIRY, now::get);
    }

    @AfterEach
    void stop() throws IOException {
        oneStore.close();
        otherStore.close();
        s3.close();
    }

    private static byte[] content(int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static Digest md5(byte[] content) {
        return SharedView.digest(content, DigestAlgorithm.MD5);
    }

    private static UploadSpec spec(Key key, byte[] content, boolean replace, boolean verify) {
        return new UploadSpec(
                key,
                new BlockPlan(content.length, BLOCK),
                new SaveOptions(
                        OptionalInt.of(BLOCK),
                        new SaveOptions.Resume(true, Optional.of("print" + content.length)),
                        new SaveOptions.Publishing(replace, verify, DigestAlgorithm.MD5),
                        Optional.empty()));
    }

    private static UploadSpec spec(byte[] content) {
        return spec(KEY, content, false, false);
    }

    private static UploadSpec plain(byte[] content) {
        return new UploadSpec(KEY, new BlockPlan(content.length, BLOCK), SaveOptions.NONE);
    }

    private static DataBlock block(byte[] content, int index) {
        int from = index * BLOCK;
        return DataBlock.of(index, ByteBuffer.wrap(content, from, Math.min(BLOCK, content.length - from)));
    }

    private static Optional<StoredFile> write(Upload upload, byte[] content, int index)
            throws IOException, RefusedException {
        return upload.write(block(content, index), Optional.empty());
    }

    private static StoredFile put(UserFiles files, UploadSpec spec, byte[] content)
            throws IOException, RefusedException {
        Upload upload = files.begin(spec);
        Optional<StoredFile> file = upload.published();
        for (int i = 0; i < spec.plan().totalBlocks(); i++) {
            file = write(upload, content, i);
        }
        return file.orElseThrow();
    }

    private static byte[] read(UserFiles files, Key key) throws IOException, RefusedException {
        try (OpenFile open = files.open(key)) {
            ByteBuffer target = ByteBuffer.allocate((int) open.file().size());
            for (int at = 0; at < target.capacity(); at = target.position()) {
                target.limit(Math.min(at + 777, target.capacity()));
                open.read(at, target);
            }
            return target.array();
        }
    }

    private static void refused(Status status, Executable work) {
        assertEquals(status, assertThrows(RefusedException.class, work).status());
    }

    @Test
    void filesOfAnySizeAreThereForEveryServer() throws Exception {
        for (int size : new int[] {0, 1, BLOCK, BLOCK + 1, 30 * BLOCK + 7}) {
            Key key = new Key("size " + size);
            byte[] content = content(size, size);
            StoredFile file = put(one, spec(key, content, false, false), content);
            assertEquals(List.of(md5(content)), file.digests());
            assertEquals(file, other.find(key));
            assertArrayEquals(content, read(other, key));
        }
        assertEquals(List.of(), s3.names("uploads/"));
    }

    @Test
    void blocksOfOneUploadMayComeToAllServersInAnyOrder() throws Exception {
        byte[] content = content(40 * BLOCK + 3, 1);
        Upload first = one.begin(spec(content));
        Upload second = other.begin(spec(content));
        assertEquals(first.id(), second.id());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(2));
        Optional<StoredFile> file = Optional.empty();
        for (int i : order) {
            assertTrue(file.isEmpty());
            file = write(i % 3 == 0 ? first : second, content, i);
        }
        assertEquals(List.of(md5(content)), file.orElseThrow().digests());
        assertArrayEquals(content, read(one, KEY));
    }

    @Test
    void whoWritesTheLastBlockAtTheSameTimePublishesOnce() throws Exception {
        Together together = new Together();
        for (int round = 0; round < 20; round++) {
            Key key = new Key("race " + round);
            byte[] content = content(8 * BLOCK, round);
            UploadSpec spec = spec(key, content, false, false);
            List<Upload> views = List.of(one.begin(spec), other.begin(spec));
            List<Callable<Optional<StoredFile>>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int index = i;
                writers.add(() -> {
                    try {
                        return write(views.get(index % 2), content, index);
                    } catch (RefusedException e) {
                        assertEquals(Status.EXISTS, e.status()); // complete by now, this block included
                        return Optional.empty();
                    }
                });
            }
            long publishers =
                    together.all(writers).stream().flatMap(Optional::stream).count();
            assertTrue(publishers <= 1, () -> publishers + " have published");
            assertArrayEquals(content, read(other, key));
        }
        together.close();
    }

    @Test
    void blocksThatComeWhileASegmentIsWrittenShareTheNextOne() throws Exception {
        byte[] content = content(9 * BLOCK, 20);
        Upload upload = one.begin(spec(content));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        s3.fail(request -> {
            if (request.verb().equals("PUT") && request.name().contains("content/") && arrived.getCount() > 0) {
                arrived.countDown();
                await(released);
            }
            return Optional.empty();
        });
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int index = i;
            Thread sender = new Thread(() -> assertDoesNotThrow(() -> write(upload, content, index)));
            senders.add(sender);
            sender.start();
            if (i == 0) {
                await(arrived);
            }
        }
        for (Thread sender : senders.subList(1, 9)) {
            while (sender.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        released.countDown();
        for (Thread sender : senders) {
            sender.join();
        }
        assertEquals(2, s3.names("content/").size());
        assertArrayEquals(content, read(other, KEY));
    }

    private static void await(CountDownLatch latch) {
        assertDoesNotThrow((Executable) latch::await);
    }

    @Test
    void deathOfAServerCostsNoBlockThatWasAnswered() throws Exception {
        byte[] content = content(10 * BLOCK, 3);
        Upload upload = one.begin(spec(content));
        for (int i : new int[] {0, 1, 2, 7}) {
            write(upload, content, i);
        }
        Upload resumed = other.begin(spec(content));
        assertEquals(
                List.of(new BlockRanges.Range(3, 6), new BlockRanges.Range(8, 9)),
                resumed.missing().ranges());
        assertEquals(4 * BLOCK, other.uploads(ListQuery.ALL).uploads().get(0).received());
        Optional<StoredFile> file = Optional.empty();
        for (int i : new int[] {3, 4, 5, 6, 8, 9}) {
            file = write(resumed, content, i);
        }
        assertTrue(file.isPresent());
        assertArrayEquals(content, read(other, KEY));
    }

    @Test
    void laterSaveTakesThePlaceOfTheEarlierOneOnEveryServer() throws Exception {
        byte[] content = content(3 * BLOCK, 4);
        Upload early = one.begin(plain(content));
        write(early, content, 0);
        Upload late = other.begin(plain(content));
        refused(Status.NOT_ALLOWED, () -> write(early, content, 1));
        refused(Status.NOT_ALLOWED, () -> one.upload(KEY, Optional.of(early.id())));
        assertEquals(late.id(), one.upload(KEY, Optional.empty()).id());
        put(one.upload(KEY, Optional.empty()), content);
        refused(Status.EXISTS, () -> write(late, content, 0));
        refused(Status.EXISTS, () -> other.upload(KEY, Optional.of(late.id())));
        refused(Status.EXISTS, () -> one.begin(plain(content)));
    }

    private static void put(Upload upload, byte[] content) throws IOException, RefusedException {
        for (int i = 0; i < upload.plan().totalBlocks(); i++) {
            write(upload, content, i);
        }
    }

    @Test
    void nothingIsPublishedBeforeTheDigestIsNamedWhereverItIsNamed() throws Exception {
        byte[] content = content(4 * BLOCK, 5);
        UploadSpec spec = spec(KEY, content, false, true);
        Upload first = one.begin(spec);
        Upload second = other.begin(spec);
        for (int i = 0; i < 3; i++) {
            write(first, content, i);
        }
        assertTrue(first.write(block(content, 2), Optional.of(md5(content))).isEmpty());
        assertTrue(write(second, content, 3).isPresent());
        assertArrayEquals(content, read(one, KEY));
    }

    @Test
    void repeatedBlockWithTheDigestCompletes() throws Exception {
        byte[] content = content(2 * BLOCK, 6);
        Upload upload = one.begin(spec(KEY, content, false, true));
        put(upload, content);
        refused(Status.NOT_FOUND, () -> other.find(KEY));
        Upload second = other.begin(spec(KEY, content, false, true));
        assertTrue(second.write(block(content, 1), Optional.of(SharedView.digest(content, DigestAlgorithm.SHA_256)))
                .isPresent());
    }

    @Test
    void otherContentThanWasExpectedIsDiscarded() throws Exception {
        byte[] content = content(2 * BLOCK, 7);
        Upload upload = one.begin(spec(KEY, content, false, true));
        write(upload, content, 0);
        refused(Status.CONTENT_DIFFERS, () -> upload.write(block(content, 1), Optional.of(md5(content(3, 3)))));
        refused(Status.NOT_FOUND, () -> other.find(KEY));
        refused(Status.NOT_ALLOWED, () -> other.upload(KEY, Optional.of(upload.id())));
        assertEquals(List.of(), s3.names("uploads/"));
    }

    @Test
    void blockThatIsSentAgainWithOtherContentCounts() throws Exception {
        byte[] content = content(3 * BLOCK, 8);
        byte[] wrong = content(3 * BLOCK, 9);
        Upload upload = one.begin(plain(content));
        write(upload, wrong, 0);
        write(upload, content, 1);
        write(upload, content, 0);
        assertEquals(
                List.of(md5(content)), write(upload, content, 2).orElseThrow().digests());
        assertArrayEquals(content, read(other, KEY));
    }

    @Test
    void replacementTakesTheOldOnesPlaceInOneStep() throws Exception {
        byte[] old = content(3 * BLOCK, 10);
        byte[] fresh = content(5 * BLOCK, 11);
        put(one, spec(old), old);
        refused(Status.EXISTS, () -> other.begin(spec(fresh)));
        Upload upload = other.begin(spec(KEY, fresh, true, false));
        try (OpenFile open = one.open(KEY)) {
            for (int i = 0; i < 4; i++) {
                write(upload, fresh, i);
                assertArrayEquals(old, read(one, KEY));
            }
            write(upload, fresh, 4);
            ByteBuffer target = ByteBuffer.allocate(old.length);
            open.read(0, target);
            assertArrayEquals(old, target.array());
        }
        assertArrayEquals(fresh, read(one, KEY));
    }

    /** The server dies between any two of its requests: another one finishes, or the client sends the last block again. */
    @Test
    void uploadThatIsCutOffBetweenAnyTwoRequestsOfItsEndIsFinishedByAnother() throws Exception {
        byte[] content = content(3 * BLOCK, 12);
        for (int survived = 0; survived < 12; survived++) {
            Key key = new Key("cut " + survived);
            UploadSpec spec = spec(key, content, false, true);
            S3Store dying = open();
            Upload upload = dying.files(USER).begin(spec);
            write(upload, content, 0);
            write(upload, content, 1);
            cutAfter(survived);
            boolean published = false;
            try {
                published = upload.write(block(content, 2), Optional.of(md5(content)))
                        .isPresent();
            } catch (IOException expected) {
                // the server is gone
            }
            s3.failNothing();
            dying.close();
            if (!published) {
                finish(key, spec, content);
            }
            assertArrayEquals(content, read(one, key));
            assertEquals(List.of(), s3.names("uploads/"), "after " + survived);
        }
    }

    private void cutAfter(int requests) {
        int[] left = {requests};
        s3.fail(request -> {
            synchronized (left) {
                return left[0]-- > 0 ? Optional.empty() : Optional.of(Failure.STATUS_500);
            }
        });
    }

    private void finish(Key key, UploadSpec spec, byte[] content) throws IOException, RefusedException {
        try {
            Upload resumed = other.begin(spec);
            for (BlockRanges.Range range : resumed.missing().ranges()) {
                for (int i = range.first(); i <= range.last(); i++) {
                    write(resumed, content, i);
                }
            }
            resumed.write(block(content, 2), Optional.of(md5(content)));
        } catch (RefusedException e) {
            assertEquals(Status.EXISTS, e.status()); // it was published after all
        }
    }

    @Test
    void whatFailedCanBeSentAgainToTheSameServer() throws Exception {
        byte[] content = content(3 * BLOCK, 13);
        for (int survived = 0; survived < 10; survived++) {
            Key key = new Key("again " + survived);
            Upload upload = one.begin(spec(key, content, false, false));
            write(upload, content, 0);
            write(upload, content, 1);
            cutAfter(survived);
            Optional<StoredFile> file = Optional.empty();
            try {
                file = write(upload, content, 2);
            } catch (IOException expected) {
                s3.failNothing();
                try {
                    file = write(upload, content, 2);
                } catch (RefusedException complete) {
                    assertEquals(Status.EXISTS, complete.status());
                }
            }
            s3.failNothing();
            assertArrayEquals(content, read(other, key), "after " + survived);
        }
    }

    @Test
    void wholeFilesAreOneObjectEach() throws Exception {
        Arrivals arrivals = one.arrivals();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] content = content(100 + i, i);
            contents.add(content);
            arrivals.add(new WholeFile(
                    new Key("whole" + i), ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        }
        List<Arrivals.Outcome> outcomes = arrivals.publish();
        for (int i = 0; i < 5; i++) {
            assertEquals(100 + i, outcomes.get(i).get().size());
            assertArrayEquals(contents.get(i), read(other, new Key("whole" + i)));
        }
        assertEquals(5, s3.names("files/").size());
        assertEquals(List.of(), s3.names("content/"));
        refused(Status.CONTENT_DIFFERS, () -> one.arrivals()
                .add(new WholeFile(KEY, ByteBuffer.wrap(new byte[3]), md5(new byte[4]), Optional.empty(), false)));
    }

    @Test
    void wholeFileTakesThePlaceOfAnotherOnlyWhereThatIsWanted() throws Exception {
        byte[] content = content(100, 14);
        put(one, spec(content(3 * BLOCK, 1)), content(3 * BLOCK, 1));
        Arrivals arrivals = other.arrivals();
        arrivals.add(new WholeFile(KEY, ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        arrivals.add(new WholeFile(new Key("k"), ByteBuffer.wrap(content), md5(content), Optional.empty(), false));
        List<Arrivals.Outcome> outcomes = arrivals.publish();
        refused(Status.EXISTS, () -> outcomes.get(0).get());
        outcomes.get(1).get();
        arrivals.add(new WholeFile(KEY, ByteBuffer.wrap(content), md5(content), Optional.empty(), true));
        arrivals.publish().get(0).get();
        assertArrayEquals(content, read(one, KEY));
    }

    @Test
    void deletingRemovesTheFileAndTheUploadOfItsKey() throws Exception {
        byte[] content = content(3 * BLOCK, 15);
        put(one, spec(content), content);
        Upload replacement = other.begin(spec(KEY, content, true, false));
        one.delete(KEY);
        refused(Status.NOT_FOUND, () -> other.find(KEY));
        refused(Status.NOT_ALLOWED, () -> write(replacement, content, 0));
        refused(Status.NOT_FOUND, () -> one.delete(KEY));
        one.begin(spec(content));
        refused(Status.NOT_FOUND, () -> other.delete(KEY));
        assertEquals(Optional.empty(), one.unfinished(KEY));
    }

    @Test
    void garbageGoesAfterItsGraceAndNothingElseDoes() throws Exception {
        byte[] content = content(3 * BLOCK, 16);
        StoredFile old = put(one, spec(content), content);
        put(other, spec(KEY, content, true, false), content);
        Upload discarded = one.begin(spec(new Key("d"), content, false, false));
        write(discarded, content, 0);
        one.discard(new Key("d"));
        Upload unfinished = one.begin(spec(new Key("u"), content, false, false));
        write(unfinished, content, 0);
        oneStore.takeCare();
        assertTrue(s3.names("content/" + old.version()).size() > 0);
        now.set(now.get().plus(Garbage.GRACE).plusSeconds(1));
        otherStore.takeCare();
        assertEquals(List.of(), s3.names("content/" + old.version()));
        assertEquals(List.of(), s3.names("content/" + discarded.id()));
        assertEquals(List.of(), s3.names("garbage/"));
        assertEquals(1, s3.names("content/" + unfinished.id()).size());
        assertArrayEquals(content, read(other, KEY));
        now.set(now.get().plus(EXPIRY));
        otherStore.takeCare();
        assertEquals(Optional.empty(), one.unfinished(new Key("u")));
    }

    @Test
    void listingIsInTheOrderOfTheKeysAndInPages() throws Exception {
        List<String> keys = List.of(
                "a",
                "a/b",
                "a/c/d",
                "a~",
                "aé",
                "b",
                "l".repeat(900) + "1",
                "l".repeat(900) + "2",
                "l".repeat(900) + "/x",
                "l".repeat(640),
                "\uD83D\uDE00",
                "\uFFFDz");
        for (String key : keys) {
            put(one, spec(new Key(key), new byte[1], false, false), new byte[1]);
        }
        List<Key> sorted = keys.stream().map(Key::new).sorted().toList();
        s3.pageSize(3);
        FileList all = other.list(new ListQuery("", Optional.empty(), Optional.empty(), 100, true));
        assertEquals(sorted, all.keys());
        assertEquals(12, all.details().orElseThrow().size());
        for (String delimiter : new String[] {"", "/", "~", "l"}) {
            ListQuery query = new ListQuery(
                    "", Optional.of(delimiter).filter(text -> !text.isEmpty()), Optional.empty(), 100, false);
            FileList whole = other.list(query);
            assertEquals(names(whole), pages(query), "delimiter " + delimiter);
        }
        assertEquals(
                List.of("a/"),
                other.list(new ListQuery("", Optional.of("/"), Optional.of("a"), 1, false))
                        .folders());
    }

    private static List<String> names(FileList list) {
        List<String> names = new ArrayList<>(list.folders());
        list.keys().forEach(key -> names.add(key.text()));
        names.sort(Key::compareUtf8);
        return names;
    }

    private List<String> pages(ListQuery query) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            FileList page = other.list(new ListQuery(query.prefix(), query.delimiter(), after, 1, query.detail()));
            names.addAll(names(page));
            after = page.after();
        } while (after.isPresent());
        return names;
    }

    @Test
    void fileIsCopiedAndMoved() throws Exception {
        byte[] content = content(3 * BLOCK, 17);
        put(one, spec(content), content);
        Key copy = new Key("copy");
        Key moved = new Key("moved");
        one.move(new MoveFile(KEY, copy, false, true));
        other.move(new MoveFile(KEY, moved, false, false));
        refused(Status.NOT_FOUND, () -> one.find(KEY));
        refused(Status.EXISTS, () -> one.move(new MoveFile(copy, moved, false, false)));
        one.delete(copy);
        now.set(now.get().plus(Garbage.GRACE).plusSeconds(1));
        oneStore.takeCare();
        assertArrayEquals(content, read(one, moved));
    }

    @Test
    void otherDigestIsComputedOnceAndKept() throws Exception {
        byte[] content = content(3 * BLOCK, 18);
        StoredFile file = put(one, spec(content), content);
        Digest sha = one.digest(file, DigestAlgorithm.SHA_256);
        assertEquals(SharedView.digest(content, DigestAlgorithm.SHA_256), sha);
        assertEquals(2, other.find(KEY).digests().size());
        assertEquals(md5(content), other.reread(file, DigestAlgorithm.MD5));
    }

    @Test
    void valuesAreSharedToo() throws Exception {
        JsonObject value = new JsonObject();
        value.addProperty("é", 1.50);
        oneStore.data(USER).save(KEY, value);
        assertEquals(value, otherStore.data(USER).get(KEY));
        refused(Status.EXISTS, () -> otherStore.data(USER).save(KEY, value));
        assertEquals(List.of(KEY), otherStore.data(USER).list(ListQuery.ALL).keys());
        otherStore.data(USER).delete(KEY);
        refused(Status.NOT_FOUND, () -> oneStore.data(USER).get(KEY));
        refused(Status.NOT_FOUND, () -> oneStore.data(USER).delete(KEY));
    }

    @Test
    void storeOfAnotherVersionIsRefused() throws Exception {
        try (StandInS3 empty = new StandInS3()) {
            try (ObjectStorage storage = empty.storage()) {
                storage.create("format", "step-store-s3 2\n".getBytes());
            }
            IOException e = assertThrows(IOException.class, () -> S3Store.open(empty.storage(), EXPIRY, now::get));
            assertTrue(e.getMessage().contains("another version"), e.getMessage());
        }
    }
}
