package dev.step.s3;

import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.md5;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.spec;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Store;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.WholeFile;
import dev.step.daemon.store.copy.CopyReport;
import dev.step.daemon.store.copy.StoreCopy;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.daemon.store.disk.DiskSource;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A store that goes from a folder to a bucket and back. */
@Timeout(120)
final class StoreCopyTest {
    private static final Instant MODIFIED = Instant.ofEpochMilli(1_600_000_000_123L);
    /** One with a name for people, and others that objects' names have to escape. */
    private static final List<UserName> USERS =
            List.of(new UserName("ann"), new UserName(""), new UserName("a/b~é"), new UserName("王".repeat(42)));

    private static final Key LARGE = new Key("large");
    private static final Key VALUE = new Key("v/1");

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    private final Store bucket = servers.oneStore();

    private Path makeFolder() throws Exception {
        Path from = folder.resolve("from");
        try (DiskStore store = DiskStore.open(new RealDisk(), from)) {
            fillAll(store);
        }
        return from;
    }

    private static void fillAll(Store store) throws Exception {
        for (UserName user : USERS) {
            fill(store, user, 10);
        }
        fillLarge(store);
    }

    private static void fill(Store store, UserName user, int files) throws Exception {
        try (Arrivals arrivals = store.files(user).arrivals()) {
            for (int i = 0; i < files; i++) {
                byte[] content = content(i * 100, i);
                arrivals.add(
                        new WholeFile(key(i), ByteBuffer.wrap(content), md5(content), Optional.of(MODIFIED), false));
            }
            for (Arrivals.Outcome outcome : arrivals.publish()) {
                outcome.get();
            }
        }
        JsonObject value = new JsonObject();
        value.addProperty("of", user.text());
        store.data(user).save(VALUE, value);
    }

    private static Key key(int number) {
        return new Key((number % 2 == 0 ? "é/" : "x".repeat(900)) + number);
    }

    private static void fillLarge(Store store) throws Exception {
        byte[] content = content(2_500_000, 1);
        BlockPlan plan = new BlockPlan(content.length, 1 << 20);
        Upload upload = store.files(USERS.get(0)).begin(new UploadSpec(LARGE, plan, SaveOptions.NONE));
        for (int i = 0; i < plan.totalBlocks(); i++) {
            ByteBuffer block = ByteBuffer.wrap(content, (int) plan.offset(i), plan.length(i));
            upload.write(DataBlock.of(i, block), Optional.empty());
        }
        assertTrue(upload.published().isPresent());
    }

    private CopyReport copyToBucket(Path from) throws IOException {
        return copy(DiskSource.open(new RealDisk(), from), bucket);
    }

    private CopyReport copy(StoreSource opened, Store to) throws IOException {
        CopyReport report = new CopyReport(lines::add, () -> 0);
        try (StoreSource source = opened) {
            new StoreCopy(source, to, report).run();
        }
        return report;
    }

    private static void assertHasAll(Store store) throws Exception {
        for (UserName user : USERS) {
            for (int i = 0; i < 10; i++) {
                StoredFile file = store.files(user).find(key(i));
                assertArrayEquals(content(i * 100, i), read(store.files(user), key(i)));
                assertEquals(MODIFIED, file.modified());
            }
            assertEquals(user.text(), store.data(user).get(VALUE).get("of").getAsString());
        }
        byte[] large = read(store.files(USERS.get(0)), LARGE);
        assertArrayEquals(content(2_500_000, 1), large);
        assertEquals(List.of(md5(large)), store.files(USERS.get(0)).find(LARGE).digests());
    }

    @Test
    void everythingGoesToABucketAndBack() throws Exception {
        CopyReport there = copyToBucket(makeFolder());
        assertTrue(there.isGood(), lines::toString);
        assertTrue(there.summary().startsWith("files: 41 of 2518000 bytes, values: 4, skipped: 0"), there::summary);
        assertHasAll(bucket);
        servers.s3().pageSize(3); // users and keys on many pages
        Path back = folder.resolve("back");
        try (DiskStore store = DiskStore.open(new RealDisk(), back)) {
            CopyReport report = copy(S3Source.open(servers.s3().storage()), store);
            assertEquals(there.summary(), report.summary());
            assertHasAll(store);
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void everythingGoesToAnotherBucket() throws Exception {
        fillAll(bucket);
        try (StandInS3 other = new StandInS3();
                S3Store store = S3Store.open(other.storage(), Duration.ofDays(7), InstantSource.system())) {
            CopyReport report = copy(S3Source.open(servers.s3().storage()), store);
            assertTrue(report.isGood(), lines::toString);
            assertHasAll(store);
            CopyReport again = copy(S3Source.open(servers.s3().storage()), store);
            assertTrue(again.isGood() && again.summary().contains("skipped: 45"), again::summary);
        }
    }

    @Test
    void copyThatTheBucketEndsGoesOnWithTheNext() throws Exception {
        Path from = makeFolder();
        int failures = 0;
        boolean isDone = false;
        for (int requests = 3; !isDone; requests += 17) {
            servers.cutAfter(requests);
            try {
                isDone = copyToBucket(from).isGood();
            } catch (IOException e) {
                failures++;
            }
            servers.s3().failNothing();
        }
        assertTrue(failures > 2, failures + " failures");
        assertHasAll(bucket);
        int written = servers.s3().names("content/").size();
        assertTrue(copyToBucket(from).summary().startsWith("files: 0 of 0 bytes, values: 0, skipped: 45, failed: 0"));
        assertEquals(written, servers.s3().names("content/").size());
        assertEquals(List.of(), lines);
    }

    @Test
    void fileWithoutItsContentIsToldAndTheOthersComeBack() throws Exception {
        fillAll(bucket);
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.delete(servers.s3().names("content/").get(0));
        }
        servers.one().begin(spec(content(3_000, 2)));
        try (DiskStore store = DiskStore.open(new RealDisk(), folder.resolve("back"))) {
            CopyReport report = copy(S3Source.open(servers.s3().storage()), store);
            assertTrue(
                    report.summary().endsWith("failed: 1, unfinished uploads, which are not copied: 1"),
                    report::summary);
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).startsWith("user ann, key large: not copied: it cannot be read: "));
            assertEquals(
                    10, store.files(USERS.get(0)).list(ListQuery.ALL).keys().size());
        }
    }

    @Test
    void folderThatIsNobodysIsNotLeftBehindUnsaid() throws Exception {
        try (ObjectStorage storage = servers.s3().storage()) {
            storage.create("files/strange/file", new byte[1]);
        }
        try (StoreSource source = S3Source.open(servers.s3().storage())) {
            IOException e = assertThrows(IOException.class, source::users);
            assertTrue(e.getMessage().contains("files/strange/"), e::getMessage);
        }
    }

    @Test
    void placeWithoutAStoreIsRefusedAndStaysEmpty() throws Exception {
        try (StandInS3 empty = new StandInS3();
                ObjectStorage storage = empty.storage()) {
            IOException e = assertThrows(IOException.class, () -> S3Source.open(storage));
            assertTrue(e.getMessage().startsWith("There is no store"), e::getMessage);
            assertEquals(List.of(), empty.names(""));
        }
    }
}
