package dev.step.s3;

import dev.step.daemon.Seed;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.model.CrashClients;
import dev.step.daemon.store.model.MortalStore;
import dev.step.protocol.UserName;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two servers over one bucket, of which one after the other is killed at any of its requests, while clients ask both by turns;
 * and each time those that are left are held to what was answered.
 */
final class KilledServersTest {
    private static final UserName USER = new UserName("ann");
    private static final int SERVERS = 2;
    private static final int MOST_BYTES = 3_000;
    private static final int KILLS_IN_A_LIFE = 12;
    /** More than clients get to between two kills. */
    private static final int MAX_ACTIONS = 40;

    private static final int MANY_LIVES = Integer.getInteger("step.lives", 200);
    private static final int MAX_REQUESTS = 120;
    private static final int REQUESTS_OF_RECOVERY = 20;

    private StandInS3 s3;
    private ObjectStorage storage;

    @BeforeEach
    void start() throws IOException {
        s3 = new StandInS3();
        storage = s3.storage();
    }

    @AfterEach
    void stop() {
        storage.close();
        s3.close();
    }

    @Test
    @Timeout(120)
    void nothingAnsweredIsLostWhereverAServerIsKilled() throws IOException {
        live(2);
    }

    @Test
    @Tag("long")
    @Timeout(1_200)
    void norInManyStores() throws IOException {
        live(MANY_LIVES);
    }

    private void live(int lives) throws IOException {
        long first = Seed.number();
        for (long seed = first; seed < first + lives; seed++) {
            try (Life life = new Life(seed)) {
                life.run();
            } catch (IOException | AssertionError | RuntimeException e) {
                throw new AssertionError("-Dstep.seed=" + seed + " replays this first", e);
            }
            s3.removeAll();
        }
    }

    private record Server(StoppableStorage view, S3Store store) {}

    /** One store, through the deaths of many servers. */
    private final class Life implements MortalStore, Closeable {
        private final Random random;
        private final CrashClients clients;
        private final List<Server> servers = new ArrayList<>();
        private Server asked;

        Life(long seed) throws IOException {
            random = new Random(seed);
            clients = new CrashClients(random, this, MOST_BYTES, false);
            for (int i = 0; i < SERVERS; i++) {
                servers.add(server());
            }
            asked = servers.get(0);
        }

        private Server server() throws IOException {
            StoppableStorage view = new StoppableStorage(storage, new Random(random.nextLong()));
            return new Server(view, S3Store.open(view, Duration.ofDays(7), InstantSource.system()));
        }

        void run() throws IOException {
            for (int kill = 0; kill < KILLS_IN_A_LIFE; kill++) {
                workUntilOneIsKilled();
                replaceKilled();
            }
            clients.check();
            clients.finish();
        }

        private void workUntilOneIsKilled() throws IOException {
            try {
                if (random.nextInt(4) == 0) {
                    any().view().stopAfter(random.nextInt(REQUESTS_OF_RECOVERY));
                }
                clients.check();
                any().view().stopAfter(random.nextInt(MAX_REQUESTS));
                for (int action = random.nextInt(MAX_ACTIONS); action > 0; action--) {
                    clients.work();
                }
            } catch (IOException e) {
                if (servers.stream().noneMatch(server -> server.view().isStopped())) {
                    throw e;
                }
            }
        }

        /** The others go on, with all that they remember. */
        private void replaceKilled() throws IOException {
            for (int i = 0; i < SERVERS; i++) {
                Server server = servers.get(i);
                server.view().stopNever();
                if (server.view().isStopped()) {
                    server.store().close();
                    servers.set(i, server());
                }
            }
        }

        private Server any() {
            return servers.get(random.nextInt(SERVERS));
        }

        @Override
        public UserFiles files() {
            asked = any();
            return asked.store().files(USER);
        }

        @Override
        public void awaitAnswer() throws IOException {
            if (asked.view().isStopped()) {
                throw new IOException("no answer");
            }
        }

        @Override
        public List<byte[]> received(Upload upload, List<Integer> blocks) throws IOException {
            return new UnfinishedBlocks(storage).read(upload, blocks);
        }

        @Override
        public void close() throws IOException {
            for (Server server : servers) {
                server.store().close();
            }
        }
    }
}
