package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large files on several connections, to and from servers that take one request at a time on each. */
@Timeout(60)
class ParallelTest {
    private static final Key KEY = new Key("k");
    private static final TransferOptions FOUR = new TransferOptions(OptionalInt.of(4), Optional.empty());
    private static final int LARGE = (11 << 20) + 17;

    @TempDir
    Path folder;

    private final byte[] content = new byte[LARGE];
    private FakeServer server;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        new Random(1).nextBytes(content);
        file = folder.resolve("file");
        Files.write(file, content);
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLargeFileGoesOnFourConnectionsAndComesBack() throws Exception {
        try (Session session = server.session()) {
            assertEquals(LARGE, put(session, FOUR).moved());
            assertEquals(4, server.connectionCount.get());
            assertArrayEquals(content, server.files.get("k"));
            get(session, FOUR);
            assertEquals(7, server.connectionCount.get());
        }
        assertFalse(server.sawPipelining);
    }

    @Test
    void theLastBlockGoesAlone() throws Exception {
        int last = (LARGE - 1) / 20_480;
        CountDownLatch lastArrived = new CountDownLatch(1);
        AtomicBoolean raced = new AtomicBoolean();
        server.misbehaving((request, usual) -> {
            int index = request.has("block_index") ? request.get("block_index").getAsInt() : 0;
            if (index == last) {
                lastArrived.countDown();
            } else if (index == last - 1) {
                raced.set(arrives(lastArrived, 1)); // gives a sender that does not wait its chance
            }
            return usual;
        });
        try (Session session = server.session()) {
            put(session, new TransferOptions(OptionalInt.of(16), Optional.empty()));
        }
        assertFalse(raced.get());
    }

    private static boolean arrives(CountDownLatch event, int withinSeconds) {
        try {
            return event.await(withinSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody is answered before four blocks are on their way, each on a connection of its own. */
    @Test
    void whoWatchesIsToldHowManyConnectionsThereAre() throws Exception {
        CountDownLatch all = new CountDownLatch(4);
        server.misbehaving((request, usual) -> {
            if (request.get("operation").getAsString().equals("UPLOAD")) {
                all.countDown();
                arrives(all, 30);
            }
            return usual;
        });
        Counts seen = new Counts();
        try (Session session = server.session()) {
            new Uploader(session, FOUR).put(file, KEY, false, seen);
        }
        assertEquals(List.of(2, 3, 4, 3, 2, 1), seen.connections);
    }

    /** What a meter is told about connections. */
    private static final class Counts implements Meter {
        final List<Integer> connections = new CopyOnWriteArrayList<>();

        @Override
        public void expect(long bytes) {}

        @Override
        public void moved(long bytes) {}

        @Override
        public void connections(int count) {
            connections.add(count);
        }
    }

    @Test
    void aSmallFileGoesOnOneConnection() throws Exception {
        Files.write(file, new byte[100_000]);
        try (Session session = server.session()) {
            put(session, FOUR);
        }
        assertEquals(1, server.connectionCount.get());
    }

    @Test
    void automaticallyTheNumberIsFoundOut() throws Exception {
        try (Session session = server.session()) {
            put(session, TransferOptions.DEFAULT);
            assertArrayEquals(content, server.files.get("k"));
            get(session, TransferOptions.DEFAULT);
        }
    }

    @Test
    void connectionsThatAreLostAreReplaced() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        server.misbehaving((request, usual) -> {
            String operation = request.get("operation").getAsString();
            boolean block = operation.equals("UPLOAD") || operation.equals("DOWNLOAD");
            return block && seen.incrementAndGet() % 100 == 0 ? Reply.CLOSE : usual;
        });
        try (Session session = server.session()) {
            put(session, FOUR);
            assertArrayEquals(content, server.files.get("k"));
            get(session, FOUR);
        }
        assertTrue(seen.get() > 1000, "blocks: " + seen);
    }

    @Test
    void aServerThatWantsNoMoreConnectionsGetsNone() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        server.misbehaving((request, usual) ->
                request.get("operation").getAsString().equals("LOGIN") && logins.incrementAndGet() > 2
                        ? Reply.to(request, 410, "too many")
                        : usual);
        try (Session session = server.session()) {
            put(session, FOUR);
        }
        assertArrayEquals(content, server.files.get("k"));
    }

    @Test
    void aRefusalOnOneConnectionEndsAll() throws Exception {
        server.misbehaving((request, usual) ->
                request.has("block_index") && request.get("block_index").getAsInt() == 100
                        ? Reply.to(request, 410, "no")
                        : usual);
        try (Session session = server.session()) {
            ClientException e = assertThrows(ClientException.class, () -> put(session, FOUR));
            assertEquals(Problem.REFUSED, e.problem());
        }
    }

    @Test
    void aFileThatIsSaidToBeCompleteIsAskedFor() throws Exception {
        server.misbehaving((request, usual) -> {
            if (request.has("block_index") && request.get("block_index").getAsInt() == 50) {
                server.files.put("k", content);
                return Reply.to(request, 408, "completely uploaded");
            }
            return usual;
        });
        try (Session session = server.session()) {
            put(session, FOUR);
        }
    }

    @Test
    void whatIsCancelledEndsOnEveryConnection() throws Exception {
        try (Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                if (request.has("block_index") && request.get("block_index").getAsInt() == 100) {
                    session.cancel();
                    return Reply.HANG;
                }
                return usual;
            });
            ClientException e = assertThrows(ClientException.class, () -> put(session, FOUR));
            assertEquals(Problem.CANCELLED, e.problem());
        }
    }

    @Test
    void aRateLimitHoldsTheBytesBack() throws Exception {
        Files.write(file, new byte[60_000]);
        TransferOptions limited = new TransferOptions(OptionalInt.of(1), Optional.of(new RateLimit(100_000)));
        try (Session session = server.session()) {
            Transfer transfer = new Uploader(session, limited).put(file, KEY, false, Meter.NONE);
            assertTrue(transfer.time().toMillis() >= 400, () -> "took " + transfer.time()); // all but the last block
        }
    }

    private Transfer put(Session session, TransferOptions options) throws ClientException {
        return new Uploader(session, options).put(file, KEY, false, Meter.NONE);
    }

    private void get(Session session, TransferOptions options) throws Exception {
        Path back = folder.resolve("back");
        new Downloader(session, options).get(KEY, back, false, Meter.NONE);
        assertArrayEquals(content, Files.readAllBytes(back));
    }
}
