package dev.step.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.step.daemon.Seed;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.model.CrashClients;
import dev.step.daemon.store.model.MortalStore;
import dev.step.protocol.UserName;
import dev.step.s3.StandInS3.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients, each a user of its own, at two servers of which now and then one is exchanged for another, over an object storage
 * that fails: now and then, and sometimes for so long that a server gives up. What was answered has to be so; of what was not
 * answered, either all has happened or nothing.
 */
@Timeout(120)
final class FaultyBucketTest {
    private static final int CLIENTS = 6;
    private static final int REQUESTS_OF_A_CLIENT = 8;
    private static final int SERVERS = 2;
    private static final int MOST_BYTES = 3_000;
    /** More than the attempts at one request. */
    private static final int LONG_FAILURE = 12;

    private final AtomicReferenceArray<S3Store> stores = new AtomicReferenceArray<>(SERVERS);
    private final Queue<S3Store> opened = new ConcurrentLinkedQueue<>();
    private StandInS3 s3;
    private ObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        storage = s3.storage();
        for (int i = 0; i < SERVERS; i++) {
            stores.set(i, open());
        }
    }

    private S3Store open() throws IOException {
        S3Store store = S3Store.open(s3.storage(), Duration.ofDays(7), InstantSource.system());
        opened.add(store);
        return store;
    }

    @AfterEach
    void stop() throws IOException {
        for (S3Store store : opened) {
            store.close();
        }
        storage.close();
        s3.close();
    }

    /** Some requests fail once; sometimes many in a row do. */
    private void failNowAndThen(Random random) {
        int[] left = {0};
        s3.fail(request -> {
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
        Random random = Seed.random();
        failNowAndThen(new Random(random.nextLong()));
        List<Callable<Client>> work = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(new UserName("user " + i), random.nextLong());
            work.add(() -> {
                client.work();
                return client;
            });
        }
        try (Together together = new Together()) {
            List<Client> clients = together.all(work);
            s3.failNothing();
            for (Client client : clients) {
                client.finish();
            }
        }
    }

    /** One user, at any server. */
    private final class Client implements MortalStore {
        private final UserName user;
        private final Random random;
        private final CrashClients clients;

        Client(UserName user, long seed) {
            this.user = user;
            this.random = new Random(seed);
            this.clients = new CrashClients(random, this, MOST_BYTES, false);
        }

        void work() throws IOException {
            boolean isKnown = true;
            for (int request = 0; request < REQUESTS_OF_A_CLIENT; request++) {
                try {
                    if (!isKnown) {
                        clients.check();
                        isKnown = true;
                    }
                    clients.work();
                } catch (IOException e) {
                    assertFalse(String.valueOf(e.getMessage()).contains("damaged"), e.toString());
                    isKnown = false;
                }
            }
        }

        /** The storage is well again: everything is what it should be, and can be completed. */
        void finish() throws IOException {
            clients.check();
            clients.finish();
            clients.check();
        }

        /** Sometimes another server takes the place of one that nobody asks any more. */
        @Override
        public UserFiles files() throws IOException {
            int number = random.nextInt(SERVERS);
            if (random.nextInt(20) == 0) {
                stores.set(number, open());
            }
            return stores.get(number).files(user);
        }

        @Override
        public void awaitAnswer() {
            // no server is killed here
        }

        @Override
        public List<byte[]> received(Upload upload, List<Integer> blocks) throws IOException {
            return new UnfinishedBlocks(storage).read(upload, blocks);
        }
    }
}
