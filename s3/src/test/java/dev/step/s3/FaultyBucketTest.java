package dev.step.s3;

import static dev.step.s3.TwoServers.md5;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
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
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.SaveOptions;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that do this and that with a file each, at servers of which some are exchanged for others, over an object storage
 * that fails: now and then, and sometimes for so long that a server gives up. What was answered has to be so; of what was not
 * answered, either all has happened or nothing.
 */
@Timeout(120)
final class FaultyBucketTest {
    private static final int CLIENTS = 6;
    private static final int REQUESTS_OF_A_CLIENT = 40;
    private static final int SERVERS = 2;
    private static final int MOST_BYTES = 3_000;
    /** More than the attempts at one request. */
    private static final int LONG_FAILURE = 12;

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    private final AtomicReferenceArray<S3Store> stores = new AtomicReferenceArray<>(SERVERS);
    @BeforeEach
    void start() {
        stores.set(0, servers.oneStore());
        stores.set(1, servers.otherStore());
    }

    /** Some requests fail once; sometimes many in a row do. */
    private void failNowAndThen(Random random) {
        int[] left = {0};
        servers.s3().fail(request -> {
            synchronized (left) {
                if (left[0] > 0) {
                    left[0]--;
                    return Optional.of(Failure.STATUS_503);
                }
                int draw = random.nextInt(1_000);
                if (draw < 4) {
                    left[0] = LONG_FAILURE;
                }
                return draw < 20 ? Optional.of(Failure.values()[draw % Failure.values().length]) : Optional.empty();
            }
        });
    }

    @Test
    void whatWasAnsweredIsSoWhateverFails() throws Exception {
        long seed = Long.getLong("step.seed", new Random().nextLong());
        System.out.println("step.seed=" + seed);
        Random random = new Random(seed);
        failNowAndThen(new Random(random.nextLong()));
        List<Callable<Client>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(new Key("folder/" + i), new Random(random.nextLong()));
            work.add(() -> {
                client.work();
                return client;
            });
        }
        try (Together together = new Together()) {
            List<Client> clients = together.all(work);
            servers.s3().failNothing();
            for (Client client : clients) {
                client.finish();
            }
        }
        S3Store last = servers.open();
        assertEquals(
                List.of(), last.files(TwoServers.USER).uploads(ListQuery.ALL).uploads());
        last.close();
    }

    /** One client, one file. */
    private final class Client {
        private final Key key;
        private final Random random;
        /** What the file may hold; null: there may be none. */
        private final List<byte[]> possible = new ArrayList<>();

        private byte[] sent = new byte[0];
        private Optional<UploadSpec> upload = Optional.empty();
        private final BitSet stored = new BitSet();

        Client(Key key, Random random) {
            this.key = key;
            this.random = random;
            possible.add(null);
        }

        /** Any server: sometimes another one takes the place of one that nobody asks any more. */
        private UserFiles files() throws IOException {
            int number = random.nextInt(SERVERS);
            if (random.nextInt(20) == 0) {
                stores.set(number, servers.open());
            }
            return stores.get(number).files(TwoServers.USER);
        }

        private void is(byte[] content) {
            possible.clear();
            possible.add(content);
        }

        void work() throws Exception {
            for (int i = 0; i < REQUESTS_OF_A_CLIENT; i++) {
                try {
                    request(random.nextInt(10));
                } catch (IOException e) {
                    assertFalse(String.valueOf(e.getMessage()).contains("damaged"), e.toString());
                }
            }
        }

        private void request(int choice) throws Exception {
            if (choice < 2) {
                begin();
            } else if (choice < 3) {
                whole();
            } else if (choice < 4) {
                delete();
            } else if (choice < 6) {
                read();
            } else {
                goOn();
            }
        }

        private void begin() throws Exception {
            sent = new byte[1 + random.nextInt(MOST_BYTES)];
            random.nextBytes(sent);
            stored.clear();
            SaveOptions options = new SaveOptions(
                    OptionalInt.empty(),
                    new SaveOptions.Resume(true, Optional.of("print " + random.nextLong())),
                    new SaveOptions.Publishing(true, true, DigestAlgorithm.MD5),
                    Optional.empty());
            upload = Optional.of(new UploadSpec(key, new BlockPlan(sent.length, 100 + random.nextInt(900)), options));
            files().begin(upload.get());
        }

        /** Sends some of what is missing, ahead of the answers, and the digest with the last block. */
        private void goOn() throws Exception {
            if (upload.isEmpty()) {
                return;
            }
            UploadSpec spec = upload.get();
            Upload joined = files().begin(spec);
            List<Integer> missing = missing(joined);
            missing.forEach(block -> assertFalse(stored.get(block), () -> "block " + block + " was answered"));
            if (missing.size() == spec.plan().totalBlocks()) {
                assertTrue(stored.isEmpty());
            }
            int some = 1 + random.nextInt(Math.max(1, missing.size()));
            List<Integer> sending = missing.isEmpty() ? List.of(0) : missing.subList(0, some);
            List<Receipt> receipts = new ArrayList<>();
            for (int block : sending) {
                boolean last = missing.isEmpty() || (some == missing.size() && block == sending.get(some - 1));
                if (last) {
                    possible.add(sent);
                }
                receipts.add(joined.take(block(spec.plan(), block), last ? Optional.of(md5(sent)) : Optional.empty()));
            }
            for (int i = 0; i < receipts.size(); i++) {
                try {
                    if (receipts.get(i).get().isPresent()) {
                        ended();
                    }
                    stored.set(sending.get(i));
                } catch (RefusedException e) {
                    assertEquals(Status.EXISTS, e.status()); // published by an attempt that failed later
                    ended();
                }
            }
        }

        private void ended() {
            is(sent);
            upload = Optional.empty();
            stored.clear();
        }

        private DataBlock block(BlockPlan plan, int index) {
            return DataBlock.of(index, ByteBuffer.wrap(sent, (int) plan.offset(index), plan.length(index)));
        }

        private static List<Integer> missing(Upload upload) throws IOException, RefusedException {
            List<Integer> missing = new ArrayList<>();
            for (BlockRanges.Range range : upload.missing().ranges()) {
                for (int block = range.first(); block <= range.last(); block++) {
                    missing.add(block);
                }
            }
            return missing;
        }

        private void whole() throws Exception {
            byte[] content = new byte[random.nextInt(MOST_BYTES)];
            random.nextBytes(content);
            try (Arrivals arrivals = files().arrivals()) {
                Digest digest = md5(content);
                arrivals.add(new WholeFile(key, ByteBuffer.wrap(content), digest, Optional.empty(), true));
                possible.add(content);
                upload = Optional.empty();
                arrivals.publish().get(0).get();
                is(content);
            }
        }

        private void delete() throws Exception {
            possible.add(null);
            upload = Optional.empty();
            try {
                files().delete(key);
            } catch (RefusedException e) {
                assertEquals(Status.NOT_FOUND, e.status());
                assertTrue(possible.stream().anyMatch(content -> content == null), "it was there");
            }
            is(null);
        }

        private void read() throws Exception {
            try {
                byte[] found = TwoServers.read(files(), key);
                assertTrue(
                        possible.stream().anyMatch(content -> Arrays.equals(content, found)),
                        () -> found.length + " bytes that nobody has sent, or has sent last");
            } catch (RefusedException e) {
                assertEquals(Status.NOT_FOUND, e.status());
                assertTrue(possible.stream().anyMatch(content -> content == null), "the file is gone");
            }
        }

        /** The storage is well again: the file is what it should be, and can be replaced. */
        void finish() throws Exception {
            read();
            begin();
            while (upload.isPresent()) {
                goOn();
            }
            assertArrayEquals(sent, TwoServers.read(files(), key));
        }
    }
}
