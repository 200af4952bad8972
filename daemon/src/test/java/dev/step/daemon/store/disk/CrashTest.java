package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.step.daemon.Seed;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.FragileDisk;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    private static final int STORES = 400;
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
        long first = Seed.number();
        for (long seed = first; seed < first + STORES; seed++) {
            try {
                new Life(seed, durability).run();
            } catch (IOException | AssertionError | RuntimeException e) {
                throw new AssertionError(durability + ": -Dstep.seed=" + seed + " replays this first", e);
            }
        }
    }

    /** One store, through all its crashes. */
    private static final class Life {
        private final Random random;
        private final FragileDisk disk;
        private final StoreSettings settings;
        private final CrashClients clients;

        Life(long seed, Durability durability) {
            this.random = new Random(seed);
            this.disk = new FragileDisk(new Random(random.nextLong()));
            this.settings = new StoreSettings(durability, StoreSettings.DEFAULT.uploadExpiry(), 0, 0);
            this.clients = new CrashClients(random, disk, durability);
        }

        void run() throws IOException {
            for (int crash = 0; crash < CRASHES_OF_A_STORE; crash++) {
                boolean soon = random.nextInt(4) == 0;
                useUntilStopped(disk.start(soon ? random.nextInt(STEPS_OF_RECOVERY) : FOREVER));
                disk.stop();
                if (random.nextBoolean()) {
                    disk.losePower();
                    clients.keys().forEach(ExpectedKey::powerWasCut);
                }
                if (random.nextInt(3) == 0) {
                    repair();
                }
            }
            Disk last = disk.start(FOREVER);
            try (DiskStore store = open(last)) {
                check(store, last);
                clients.finish(store.files(TestStore.USER));
            }
        }

        /** After a stop there is nothing to repair that was acknowledged, and repairing takes nothing of that away. */
        private void repair() throws IOException {
            List<String> lines = new ArrayList<>();
            Disk process = disk.start(FOREVER);
            if (process.kind(ROOT.resolve("format")) == PathKind.FILE) {
                assertTrue(StoreCheck.run(process, ROOT, true, lines::add), lines::toString);
                assertEquals(
                        List.of(), lines.stream().filter(LOSS.asPredicate()).toList());
            }
        }

        private void useUntilStopped(Disk process) throws IOException {
            try (DiskStore store = open(process)) {
                check(store, process);
                disk.stopAfter(random.nextInt(MAX_STEPS));
                for (int request = random.nextInt(MAX_REQUESTS); request > 0; request--) {
                    clients.work(store.files(TestStore.USER));
                }
            } catch (IOException e) {
                if (!disk.isStopped()) {
                    throw e;
                }
            }
        }

        private DiskStore open(Disk process) throws IOException {
            return DiskStore.open(process, ROOT, settings, CLOCK);
        }

        private void check(DiskStore store, Disk process) throws IOException {
            clients.reconnect();
            for (ExpectedKey key : clients.keys()) {
                key.check(store.files(TestStore.USER), process, ROOT.resolve("uploads"));
            }
            clients.checkList(store.files(TestStore.USER));
        }
    }
}
