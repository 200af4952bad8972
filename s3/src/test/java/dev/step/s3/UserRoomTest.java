package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.putWhole;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a quota lets through, and how often is counted for it. */
@Timeout(120)
final class UserRoomTest {
    private static final long BYTES = 10 * BLOCK;

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    @BeforeEach
    void start() {
        Quota quota = new Quota(OptionalLong.of(BYTES), OptionalLong.empty(), OptionalLong.empty());
        servers.oneStore().limit(user -> quota);
        servers.otherStore().limit(user -> quota);
    }

    @Test
    void whatOneServerLetsThroughCountsThereAtOnceAndElsewhereWithTheNextCount() throws Exception {
        putWhole(servers.other(), new Key("first"), content(BLOCK, 1));
        putWhole(servers.one(), new Key("a"), content(5 * BLOCK, 1));
        putWhole(servers.one(), new Key("b"), content(4 * BLOCK, 2));
        refused(Status.TOO_LARGE, () -> putWhole(servers.one(), new Key("c"), content(1, 3)));
        putWhole(servers.other(), new Key("d"), content(BLOCK, 4)); // knows only of the first file
        servers.pass(CountedUsage.FRESH);
        refused(Status.TOO_LARGE, () -> putWhole(servers.other(), new Key("e"), content(1, 5)));
    }

    @Test
    void whatIsReplacedDiscardedOrDeletedMakesRoomAtOnce() throws Exception {
        putWhole(servers.one(), KEY, content(6 * BLOCK, 1));
        putWhole(servers.one(), KEY, content(7 * BLOCK, 2)); // in place of the former
        Key other = new Key("other");
        refused(Status.TOO_LARGE, () -> servers.one().begin(spec(other, content(4 * BLOCK, 3), false, false)));
        servers.one().begin(spec(other, content(3 * BLOCK, 3), false, false));
        refused(Status.TOO_LARGE, () -> servers.one().begin(spec(new Key("third"), content(1, 3), false, false)));
        putWhole(servers.one(), other, content(2 * BLOCK, 4)); // ends the upload
        putWhole(servers.one(), new Key("third"), content(BLOCK, 5));
        refused(Status.TOO_LARGE, () -> putWhole(servers.one(), new Key("fourth"), content(1, 6)));
        servers.one().delete(KEY);
        servers.one().begin(spec(new Key("fourth"), content(7 * BLOCK, 6), false, false));
        servers.one().discard(new Key("fourth"));
        putWhole(servers.one(), new Key("fifth"), content(7 * BLOCK, 7));
        refused(Status.TOO_LARGE, () -> putWhole(servers.one(), new Key("sixth"), content(1, 8)));
    }

    @Test
    void ofManyFilesThatAreSentAtTheSameTimeNoMoreComeThroughThanThereIsRoomFor() throws Exception {
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Key key = new Key("f" + i);
            clients.add(() -> {
                try {
                    putWhole(servers.one(), key, content(BLOCK, 1));
                    return true;
                } catch (RefusedException e) {
                    return false;
                }
            });
        }
        try (Together together = new Together()) {
            assertEquals(
                    BYTES / BLOCK,
                    together.all(clients).stream().filter(came -> came).count());
        }
    }

    @Test
    void valuesCountToo() throws Exception {
        JsonObject value = new JsonObject();
        value.addProperty("text", "x".repeat((int) BYTES / 2));
        servers.oneStore().data(TwoServers.USER).save(KEY, value);
        refused(Status.TOO_LARGE, () -> servers.oneStore().data(TwoServers.USER).save(new Key("v"), value));
        refused(Status.TOO_LARGE, () -> putWhole(servers.one(), KEY, content((int) BYTES / 2, 1)));
        servers.oneStore().data(TwoServers.USER).delete(KEY);
        putWhole(servers.one(), KEY, content((int) BYTES, 1));
    }

    @Test
    void nothingIsReadAgainForACount() throws Exception {
        for (int i = 0; i < 30; i++) {
            putWhole(servers.one(), new Key("f" + i), content(10, i));
        }
        servers.pass(CountedUsage.FRESH);
        servers.s3().takeCounts();
        servers.one().begin(spec(KEY, content(1, 1), false, false));
        // LIST: the key's uploads twice; to count, all files, uploads and values. GET: the file of the key, twice
        assertEquals("{GET=2, LIST=5, PUT=1}", servers.s3().takeCounts().toString());
    }

    @Test
    void whatTakesLongToCountIsCountedSeldom() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        AtomicInteger counts = new AtomicInteger();
        Duration taken = Duration.ofSeconds(6);
        CountedUsage usage = new CountedUsage(now::get, () -> {
            now.set(now.get().plus(taken));
            return new Usage(counts.incrementAndGet(), 0);
        });
        assertEquals(new Usage(1, 0), usage.current());
        usage.add(new Usage(3, 30));
        now.set(Instant.EPOCH
                .plus(taken.multipliedBy(CountedUsage.SHARE_OF_TIME))
                .minusMillis(1));
        assertEquals(new Usage(4, 30), usage.current());
        now.set(now.get().plusMillis(1));
        assertEquals(new Usage(2, 0), usage.current());
        usage.add(new Usage(3, 30));
        now.set(now.get().plus(taken.multipliedBy(CountedUsage.SHARE_OF_TIME_BEFORE_REFUSAL)));
        assertEquals(new Usage(5, 30), usage.current());
        assertTrue(usage.change(new Usage(1, 1), all -> all.equals(new Usage(4, 1))));
    }
}
