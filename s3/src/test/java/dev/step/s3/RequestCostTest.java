package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.WholeFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What things cost in requests, as docs/SCALING.md says. */
@Timeout(60)
final class RequestCostTest {
    private static final Key KEY = new Key("k");
    private static final int BLOCK = 1_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private StandInS3 s3;
    private S3Store store;
    private UserFiles files;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3(now::get);
        store = open();
        files = store.files(new UserName("user"));
        s3.takeCounts();
    }

    private S3Store open() throws IOException {
        return S3Store.open(s3.storage(), Duration.ofDays(7), now::get);
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        s3.close();
    }

    private static UploadSpec spec(int blocks) {
        return new UploadSpec(KEY, new BlockPlan((long) blocks * BLOCK, BLOCK), SaveOptions.NONE);
    }

    private static DataBlock block(int index) {
        return DataBlock.of(index, ByteBuffer.allocate(BLOCK));
    }

    private void write(Upload upload, int index) throws Exception {
        upload.write(block(index), Optional.empty());
    }

    private void cost(Map<String, Integer> requests) {
        assertEquals(requests, s3.takeCounts());
    }

    @Test
    void wholeFile() throws Exception {
        Arrivals arrivals = files.arrivals();
        byte[] content = new byte[10];
        arrivals.add(new WholeFile(
                KEY,
                ByteBuffer.wrap(content),
                SharedView.digest(content, DigestAlgorithm.MD5),
                Optional.empty(),
                false));
        arrivals.publish().get(0).get();
        cost(Map.of("PUT", 1, "LIST", 1));
    }

    @Test
    void fileOfOneBlock() throws Exception {
        Upload upload = files.begin(spec(1));
        cost(Map.of("LIST", 1, "GET", 1, "PUT", 1));
        write(upload, 0);
        cost(Map.of("PUT", 3, "DELETE", 1));
    }

    @Test
    void fileOfSeveralBlocksThatAreSentOneAfterTheOther() throws Exception {
        Upload upload = files.begin(spec(3));
        cost(Map.of("LIST", 1, "GET", 1, "PUT", 1));
        write(upload, 0);
        cost(Map.of("PUT", 1, "LIST", 1));
        write(upload, 1);
        cost(Map.of("PUT", 1, "LIST", 1));
        write(upload, 2);
        cost(Map.of("PUT", 4, "LIST", 1, "DELETE", 1));
    }

    @Test
    void uploadThatTwoServersShare() throws Exception {
        Upload first = files.begin(spec(6));
        write(first, 0);
        try (S3Store other = open()) {
            s3.takeCounts();
            Upload second = other.files(new UserName("user")).upload(KEY, Optional.empty());
            cost(Map.of("LIST", 2, "GET", 1));
            write(second, 1);
            cost(Map.of("PUT", 2, "LIST", 2));
            write(second, 2);
            cost(Map.of("PUT", 1, "LIST", 2));
            write(first, 3); // finds out that it is not alone
            cost(Map.of("PUT", 1, "LIST", 2, "GET", 1));
            write(first, 4);
            cost(Map.of("PUT", 1, "LIST", 2));
            write(second, 5); // completes it: reads all segments for the digest
            cost(Map.of("PUT", 4, "LIST", 2, "GET", 6, "DELETE", 1));
        }
    }

    @Test
    void reading() throws Exception {
        Upload upload = files.begin(spec(3));
        for (int i = 0; i < 3; i++) {
            write(upload, i);
        }
        s3.takeCounts();
        files.find(KEY);
        cost(Map.of("GET", 1));
        try (OpenFile open = files.open(KEY)) {
            cost(Map.of("GET", 1));
            open.read(0, ByteBuffer.allocate(3 * BLOCK));
            cost(Map.of("GET", 3)); // one for each segment, or MiB
        }
    }

    @Test
    void deleting() throws Exception {
        Upload upload = files.begin(spec(2));
        write(upload, 0);
        write(upload, 1);
        s3.takeCounts();
        files.delete(KEY);
        cost(Map.of("LIST", 1, "GET", 1, "PUT", 2, "DELETE", 1));
    }

    @Test
    void collectingWhatADeletedFileHasLeft() throws Exception {
        for (int i = 0; i < 2; i++) { // the first time, the store finds out how to remove things, and sweeps
            Upload upload = files.begin(spec(2));
            write(upload, 0);
            write(upload, 1);
            files.delete(KEY);
            now.set(now.get().plus(Garbage.GRACE).plusSeconds(1));
            s3.takeCounts();
            store.takeCare();
        }
        int care = 2; // the uploads and the tickets of all
        int sweep = 1; // whether it is due
        cost(Map.of("LIST", 2 + care, "GET", 3 + sweep, "DELETE", 2 + 2));
    }

    @Test
    void lookingForContentsWithoutAName() throws Exception {
        Upload upload = files.begin(spec(2));
        write(upload, 0);
        write(upload, 1);
        now.set(now.get().plus(Sweep.OLD).plusSeconds(1));
        s3.takeCounts();
        store.takeCare();
        int care = 2;
        cost(Map.of("LIST", 1 + care, "HEAD", 1, "GET", 1 + 1, "PUT", 2)); // the object that says how far it is
    }

    @Test
    void blocksThatAreSentAheadShareSegments() throws Exception {
        int blocks = 40;
        int length = 1 << 20;
        Upload upload =
                files.begin(new UploadSpec(KEY, new BlockPlan((long) blocks * length, length), SaveOptions.NONE));
        s3.takeCounts();
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            receipts.add(upload.take(DataBlock.of(i, ByteBuffer.allocate(length)), Optional.empty()));
        }
        for (Receipt receipt : receipts.subList(0, blocks - 1)) {
            assertEquals(Optional.empty(), receipt.get());
        }
        assertTrue(receipts.get(blocks - 1).get().isPresent(), "the last answer has the digest");
        cost(Map.of("PUT", 5 + 3, "LIST", 5, "DELETE", 1));
    }

    @Test
    void filesOfOneBlockThatAreSentAheadArePublishedAtTheSameTime() throws Exception {
        int number = 8;
        CyclicBarrier together = new CyclicBarrier(number);
        List<Receipt> receipts = new ArrayList<>();
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            uploads.add(files.begin(new UploadSpec(new Key("k" + i), new BlockPlan(BLOCK, BLOCK), SaveOptions.NONE)));
        }
        s3.fail(request -> {
            if (request.verb().equals("PUT") && request.name().contains("/files/")) {
                assertDoesNotThrow(() -> together.await());
            }
            return Optional.empty();
        });
        for (Upload upload : uploads) {
            receipts.add(upload.take(block(0), Optional.empty()));
        }
        for (Receipt receipt : receipts) {
            assertTrue(receipt.get().isPresent());
        }
    }
}
