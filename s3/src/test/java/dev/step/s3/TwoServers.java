package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.SaveOptions;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.Executable;

/**
 * Two servers' stores over one bucket, and what tests do with them: a test that has registered this gets them empty, and has them
 * closed.
 */
final class TwoServers implements AfterEachCallback {
    static final UserName USER = new UserName("user/é");
    static final Key KEY = new Key("folder/file");
    static final int BLOCK = 1_000;
    static final Duration EXPIRY = Duration.ofDays(7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final StandInS3 s3 = new StandInS3(now::get);
    private final S3Store oneStore = open();
    private final S3Store otherStore = open();

    private TwoServers() throws IOException {}

    static TwoServers start() {
        return assertDoesNotThrow(TwoServers::new);
    }

    S3Store open() throws IOException {
        return S3Store.open(s3.storage(), EXPIRY, now::get);
    }

    StandInS3 s3() {
        return s3;
    }

    S3Store oneStore() {
        return oneStore;
    }

    S3Store otherStore() {
        return otherStore;
    }

    UserFiles one() {
        return oneStore.files(USER);
    }

    UserFiles other() {
        return otherStore.files(USER);
    }

    /** It is later now, for all servers. */
    void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    /** Lets so many requests be carried out, and no others. */
    void cutAfter(int requests) {
        int[] left = {requests};
        s3.fail(request -> {
            synchronized (left) {
                return left[0]-- > 0 ? Optional.empty() : Optional.of(Failure.STATUS_500);
            }
        });
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        oneStore.close();
        otherStore.close();
        s3.close();
    }

    static byte[] content(int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    static Digest md5(byte[] content) {
        return SharedView.digest(content, DigestAlgorithm.MD5);
    }

    static UploadSpec spec(Key key, byte[] content, boolean replace, boolean verify) {
        return new UploadSpec(
                key,
                new BlockPlan(content.length, BLOCK),
                new SaveOptions(
                        OptionalInt.of(BLOCK),
                        new SaveOptions.Resume(true, Optional.of("print" + content.length)),
                        new SaveOptions.Publishing(replace, verify, DigestAlgorithm.MD5),
                        Optional.empty()));
    }

    static UploadSpec spec(byte[] content) {
        return spec(KEY, content, false, false);
    }

    static UploadSpec plain(byte[] content) {
        return new UploadSpec(KEY, new BlockPlan(content.length, BLOCK), SaveOptions.NONE);
    }

    static DataBlock block(byte[] content, int index) {
        int from = index * BLOCK;
        return DataBlock.of(index, ByteBuffer.wrap(content, from, Math.min(BLOCK, content.length - from)));
    }

    static Optional<StoredFile> write(Upload upload, byte[] content, int index) throws IOException, RefusedException {
        return upload.write(block(content, index), Optional.empty());
    }

    static StoredFile put(UserFiles files, UploadSpec spec, byte[] content) throws IOException, RefusedException {
        Upload upload = files.begin(spec);
        Optional<StoredFile> file = upload.published();
        for (int i = 0; i < spec.plan().totalBlocks(); i++) {
            file = write(upload, content, i);
        }
        return file.orElseThrow();
    }

    /** As our shell sends small files. */
    static void putWhole(UserFiles files, Key key, byte[] content) throws IOException, RefusedException {
        try (Arrivals arrivals = files.arrivals()) {
            arrivals.add(new WholeFile(key, ByteBuffer.wrap(content), md5(content), Optional.empty(), true));
            arrivals.publish().get(0).get();
        }
    }

    static byte[] read(UserFiles files, Key key) throws IOException, RefusedException {
        try (OpenFile open = files.open(key)) {
            ByteBuffer target = ByteBuffer.allocate((int) open.file().size());
            for (int at = 0; at < target.capacity(); at = target.position()) {
                target.limit(Math.min(at + 777, target.capacity()));
                open.read(at, target);
            }
            return target.array();
        }
    }

    static void refused(Status status, Executable work) {
        assertEquals(status, assertThrows(RefusedException.class, work).status());
    }

    static void put(Upload upload, byte[] content) throws IOException, RefusedException {
        for (int i = 0; i < upload.plan().totalBlocks(); i++) {
            write(upload, content, i);
        }
    }
}
