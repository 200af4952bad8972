package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.step.daemon.Seed;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.FragileDisk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.daemon.store.model.CrashClients;
import dev.step.daemon.store.model.MortalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Stores that die at thousands of moments, by a kill or a power cut, while clients use them; and each time the next
 * process is held to what was acknowledged.
 */
class CrashTest {
    private static final Path ROOT = Path.of("/store");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final int STORES = 150;
    private static final int MANY_STORES = Integer.getInteger("step.crashes", 1_000);
    private static final int MOST_BYTES = 3_000;
    private static final int CRASHES_OF_A_STORE = 12;
    /** More than a store takes between two crashes. */
    private static final int MAX_REQUESTS = 60;

    private static final int MAX_STEPS = 120;
    private static final int STEPS_OF_RECOVERY = 30;
    private static final long FOREVER = Long.MAX_VALUE;
    private static final Pattern LOSS =
            Pattern.compile("but missing|its md5 is|its sha256 is|the catalogue says|catalogue: ");

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.step");
    private Level level;

    /** What the disk refuses after a crash is logged, thousands of times. */
    @BeforeEach
    void silence() {
        level = log.getLevel();
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(level);
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"FILE", "BLOCK"})
    void nothingAcknowledgedIsLostWhereverAStoreDies(Durability durability) {
        killStores(STORES, durability);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"FILE", "BLOCK"})
    void nothingAcknowledgedIsLostByManyStoresWhereverTheyDie(Durability durability) {
        killStores(MANY_STORES, durability);
    }

    private static void killStores(int stores, Durability durability) {
        long first = Seed.number();
        for (long seed = first; seed < first + stores; seed++) {
            try {
                new Life(seed, durability).run();
            } catch (IOException | AssertionError | RuntimeException e) {
                throw new AssertionError(durability + ": -Dstep.seed=" + seed + " replays this first", e);
            }
        }
    }

    /** One store, through all its crashes. */
    private static final class Life implements MortalStore {
        private final Random random;
        private final FragileDisk disk;
        private final StoreSettings settings;
        private final CrashClients clients;
        private Disk process;
        private DiskStore store;

        Life(long seed, Durability durability) throws IOException {
            this.random = new Random(seed);
            this.disk = new FragileDisk(new Random(random.nextLong()));
            this.settings = new StoreSettings(durability, StoreSettings.DEFAULT.uploadExpiry(), 0, 0);
            this.clients = new CrashClients(random, this, MOST_BYTES, durability != Durability.BLOCK);
        }

        void run() throws IOException {
            for (int crash = 0; crash < CRASHES_OF_A_STORE; crash++) {
                boolean soon = random.nextInt(4) == 0;
                useUntilStopped(soon ? random.nextInt(STEPS_OF_RECOVERY) : FOREVER);
                disk.stop();
                if (random.nextBoolean()) {
                    disk.losePower();
                    clients.powerWasCut();
                }
                if (random.nextInt(3) == 0) {
                    repair();
                }
            }
            start(FOREVER);
            try (DiskStore last = store) {
                clients.check();
                clients.finish();
            }
        }

        /** After a stop there is nothing to repair that was acknowledged, and repairing takes nothing of that away. */
        private void repair() throws IOException {
            List<String> lines = new ArrayList<>();
            Disk repairing = disk.start(FOREVER);
            if (repairing.kind(ROOT.resolve("format")) == PathKind.FILE) {
                assertTrue(StoreCheck.run(repairing, ROOT, true, lines::add), lines::toString);
                assertEquals(
                        List.of(), lines.stream().filter(LOSS.asPredicate()).toList());
            }
        }

        private void useUntilStopped(long steps) throws IOException {
            try {
                start(steps);
                try (DiskStore used = store) {
                    clients.check();
                    disk.stopAfter(random.nextInt(MAX_STEPS));
                    for (int request = random.nextInt(MAX_REQUESTS); request > 0; request--) {
                        clients.work();
                    }
                }
            } catch (IOException e) {
                if (!disk.isStopped()) {
                    throw e;
                }
            }
        }

        private void start(long steps) throws IOException {
            process = disk.start(steps);
            store = DiskStore.open(process, ROOT, settings, CLOCK);
        }

        @Override
        public UserFiles files() {
            return store.files(TestStore.USER);
        }

        @Override
        public void awaitAnswer() throws IOException {
            if (disk.isStopped()) {
                throw new IOException("no answer");
            }
        }

        @Override
        public List<byte[]> received(Upload upload, List<Integer> blocks) throws IOException {
            List<byte[]> contents = new ArrayList<>();
            Path uploads = ROOT.resolve("uploads");
            try (DiskFile data =
                    process.openForReading(uploads.resolve(upload.id()).resolve("data"))) {
                for (int index : blocks) {
                    ByteBuffer block = ByteBuffer.allocate(upload.plan().length(index));
                    data.read(upload.plan().offset(index), block);
                    contents.add(block.array());
                }
            }
            return contents;
        }
    }
}
