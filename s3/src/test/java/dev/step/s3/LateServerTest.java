package dev.step.s3;

import static dev.step.s3.TwoServers.BLOCK;
import static dev.step.s3.TwoServers.KEY;
import static dev.step.s3.TwoServers.content;
import static dev.step.s3.TwoServers.put;
import static dev.step.s3.TwoServers.read;
import static dev.step.s3.TwoServers.refused;
import static dev.step.s3.TwoServers.spec;
import static dev.step.s3.TwoServers.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.store.Upload;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.message.MoveFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** A server is stopped between any two of its requests, and goes on after others have done something to the same file. */
@Timeout(120)
final class LateServerTest {
    /** More than anything here takes. */
    private static final int MOST_REQUESTS = 10;

    @RegisterExtension
    private final TwoServers servers = TwoServers.start();

    /** Does something, stopped after so many requests until something else is done; refusals are as good. */
    private void meanwhile(int requests, Executable late, Executable other) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(requests);
        servers.s3().fail(request -> {
            if (left.getAndDecrement() == 0) {
                stopped.complete(null);
                assertDoesNotThrow(() -> released.await());
            }
            return Optional.empty();
        });
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> assertDoesNotThrow(() -> unlessRefused(late)));
        CompletableFuture.anyOf(stopped, done).join();
        left.set(-1); // the other one is never stopped
        unlessRefused(other);
        released.countDown();
        done.join();
        servers.s3().failNothing();
    }

    private static void unlessRefused(Executable work) throws Exception {
        try {
            work.execute();
        } catch (RefusedException e) {
            assertTrue(e.status().code() < 500, e.toString());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private Executable lastBlock(Key key, byte[] content, boolean replace) throws Exception {
        Upload upload = servers.one().begin(spec(key, content, replace, false));
        write(upload, content, 0);
        return () -> write(upload, content, 1);
    }

    @Test
    void fileThatWasDeletedMeanwhileStaysDeleted() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            meanwhile(requests, lastBlock(KEY, content, false), () -> servers.other()
                    .delete(KEY));
            refused(Status.NOT_FOUND, () -> servers.other().find(KEY));
            assertEquals(List.of(), servers.s3().names("uploads/"), "after " + requests);
        }
    }

    @Test
    void fileThatWasReplacedMeanwhileStaysReplaced() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        byte[] fresh = content(2 * BLOCK + 7, 2);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            for (boolean replaces : new boolean[] {false, true}) {
                Key key = new Key("k" + requests + replaces);
                if (replaces) {
                    put(servers.other(), spec(key, content(5, 5), false, false), content(5, 5));
                }
                meanwhile(
                        requests,
                        lastBlock(key, content, replaces),
                        () -> put(servers.other(), spec(key, fresh, true, false), fresh));
                assertArrayEquals(fresh, read(servers.other(), key), "after " + requests);
            }
        }
        assertEquals(List.of(), servers.s3().names("uploads/"));
    }

    @Test
    void whatTakesTheOldNameOfAFileThatIsBeingMovedStays() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        byte[] fresh = content(2 * BLOCK + 7, 2);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            Key from = new Key("from" + requests);
            Key to = new Key("to" + requests);
            put(servers.one(), spec(from, content, false, false), content);
            meanwhile(
                    requests,
                    () -> servers.one().move(new MoveFile(from, to, false, false)),
                    () -> put(servers.other(), spec(from, fresh, true, false), fresh));
            boolean cameFirst = servers.other().find(to).size() == fresh.length; // and was moved itself
            assertArrayEquals(fresh, read(servers.other(), cameFirst ? to : from), "after " + requests);
        }
    }

    @Test
    void fileThatIsBeingMovedIsAlwaysThereUnderOneName() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            Key from = new Key("from" + requests);
            Key to = new Key("to" + requests);
            put(servers.one(), spec(from, content, false, false), content);
            meanwhile(requests, () -> servers.one().move(new MoveFile(from, to, false, false)), () -> {
                Key there = exists(to) ? to : from;
                assertArrayEquals(content, read(servers.other(), there));
            });
            assertTrue(exists(to) && !exists(from));
        }
    }

    @Test
    void whatTakesTheNameOfADeletedFileStaysWhenWhatThatHasLeftIsRemoved() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        byte[] fresh = content(2 * BLOCK + 7, 2);
        for (boolean ofOldCeph : new boolean[] {false, true}) {
            if (ofOldCeph) {
                servers.s3().deleteAsOldCeph();
            }
            for (int requests = 0; requests < MOST_REQUESTS + 4; requests++) {
                Key key = new Key("k" + requests + ofOldCeph);
                TwoServers.putWhole(servers.one(), key, content);
                servers.one().delete(key);
                servers.pass(Garbage.GRACE.plus(Duration.ofSeconds(1)));
                try (S3Store collector = servers.open()) { // finds out anew how to remove
                    meanwhile(requests, collector::takeCare, () -> TwoServers.putWhole(servers.other(), key, fresh));
                }
                assertArrayEquals(fresh, read(servers.other(), key), "after " + requests);
            }
        }
    }

    private boolean exists(Key key) throws IOException {
        try {
            servers.other().find(key);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    @Test
    void collectorThatIsLateLeavesWhatIsNeeded() throws Exception {
        byte[] content = content(2 * BLOCK, 1);
        byte[] fresh = content(2 * BLOCK + 7, 2);
        for (int requests = 0; requests < MOST_REQUESTS; requests++) {
            put(servers.one(), spec(KEY, content, true, false), content);
            put(servers.one(), spec(KEY, fresh, true, false), fresh);
            servers.pass(Garbage.GRACE.plus(Duration.ofSeconds(1)));
            meanwhile(requests, servers.oneStore()::takeCare, servers.otherStore()::takeCare);
            assertArrayEquals(fresh, read(servers.other(), KEY));
            assertEquals(
                    1,
                    servers.s3().names("content/").stream()
                            .map(name -> name.split("/")[1])
                            .distinct()
                            .count());
        }
    }
}
