package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.GetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files on several connections to and from the real server, over a line that is long. */
@Timeout(60)
class LanesTest {
    private static final Key KEY = new Key("k");
    private static final int FIRST = 4;
    /** More than all connections but one can be given before they answer. */
    private static final int SIZE = FIRST * TransferOptions.FIRST_AHEAD_BYTES + 17;

    private static final int SHARE = 1 << 20;

    @TempDir
    Path folder;

    private final byte[] content = TestFiles.content(SIZE);
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final Watch watch = new Watch();
    private RealServer server;
    private LongLine line;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        line = new LongLine(server.address());
        file = TestFiles.write(folder, "file", content);
    }

    @AfterEach
    void stop() throws Exception {
        line.close();
        server.close();
    }

    @Test
    void severalConnectionsShareAFileThatIsSent() throws Exception {
        line.sharing(FIRST, SHARE);
        Transfer transfer = put(TransferOptions.DEFAULT);
        assertStored();
        assertEquals(SIZE, transfer.moved());
        assertShared(transfer);
    }

    @Test
    void connectionsThatWereOpenedAheadInVainAreClosed() throws Exception {
        put(TransferOptions.DEFAULT);
        int before = line.connections();
        try (Session session = session()) {
            new Pace(session, TransferOptions.DEFAULT).growth(SIZE, true); // the line is known to be long
            assertEquals(
                    0,
                    new Uploader(session, TransferOptions.DEFAULT)
                            .put(file, KEY, false, Meter.NONE)
                            .moved());
            session.ask(KEY, new GetFile(KEY, OptionalInt.empty(), Optional.empty()), DownloadPlan::read);
        }
        assertEquals(before + FIRST, line.connections(), "the file is there already, and was large");
    }

    @Test
    void severalConnectionsShareAFileThatIsFetched() throws Exception {
        store();
        line.sharing(FIRST, SHARE);
        Transfer transfer = get(TransferOptions.DEFAULT);
        assertEquals(SIZE, transfer.moved());
        assertShared(transfer);
    }

    private void assertShared(Transfer transfer) {
        assertEquals(FIRST, transfer.connections());
        assertTrue(line.connectionsWith(SHARE) >= FIRST, "connections with much to do");
        assertEquals(transfer.connections(), watch.most());
        assertEquals(SIZE, watch.moved.get());
        assertEquals(1, watch.connections.get(watch.connections.size() - 1));
        assertEquals(List.of(), notices);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoNamesANumberGetsIt(int connections) throws Exception {
        TransferOptions options = new TransferOptions(OptionalInt.of(connections), Optional.empty());
        line.sharing(connections, SHARE);
        assertEquals(connections, put(options).connections());
        line.sharing(connections, SHARE);
        assertEquals(connections, get(options).connections());
        assertStored();
    }

    @ParameterizedTest
    @CsvSource({"2,2", "3,1", "16,1"})
    void filesAtTheSameTimeShareTheConnections(int jobs, int connections) throws Exception {
        line.sharing(connections, SHARE);
        Transfer transfer = put(new TransferOptions(OptionalInt.empty(), jobs, Optional.empty()));
        assertEquals(connections, transfer.connections());
    }

    @Test
    void aServerThatTakesOneConnectionGetsAllOnIt() throws Exception {
        line.takingOnly(1);
        assertEquals(1, put(TransferOptions.DEFAULT).connections());
        assertStored();
        assertEquals(List.of(), watch.connections);
        assertEquals(FIRST, line.connections(), "it is not asked again and again");
        assertEquals(List.of(), notices);
    }

    @Test
    void aServerThatTakesTwoConnectionsGetsAllOnThem() throws Exception {
        store();
        line.takingOnly(2).sharing(2, SHARE);
        assertEquals(2, get(TransferOptions.DEFAULT).connections());
        assertEquals(List.of(), notices);
    }

    @Test
    void connectionsThatNobodyAnswersNeitherHoldAFileUpNorSpoilTheNext() throws Exception {
        line.carryingOnly(1);
        try (Session session = session()) {
            Uploader uploader = new Uploader(session, TransferOptions.DEFAULT);
            assertEquals(1, uploader.put(file, KEY, false, watch).connections());
            line.carryingOnly(Integer.MAX_VALUE);
            line.sharing(FIRST, SHARE);
            assertEquals(
                    FIRST,
                    uploader.put(file, new Key("next"), false, Meter.NONE).connections());
        }
    }

    /** The first one is the session's own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aConnectionThatIsLostLeavesItsBlocksToTheOthersOfAPut(int connection) throws Exception {
        line.sharing(FIRST, SIZE / 10).cutting(connection, SIZE / 10);
        assertEquals(SIZE, put(TransferOptions.DEFAULT).moved());
        assertStored();
        assertEquals(SIZE, watch.moved.get());
        assertTrue(line.hasCut());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aConnectionThatIsLostLeavesItsBlocksToTheOthersOfAGet(int connection) throws Exception {
        store();
        line.sharing(FIRST, SIZE / 10).cutting(connection, SIZE / 10);
        assertEquals(SIZE, get(TransferOptions.DEFAULT).moved());
        assertEquals(SIZE, watch.moved.get());
        assertTrue(line.hasCut());
    }

    @Test
    void whatIsCancelledEndsOnEveryConnection() throws Exception {
        try (Session session = session()) {
            watch.atBytes(SIZE / 2, session::cancel);
            ClientException e = assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                    .put(file, KEY, false, watch));
            assertEquals(Problem.CANCELLED, e.problem());
            session.resume();
            assertTrue(new Uploader(session, TransferOptions.DEFAULT)
                            .put(file, KEY, false, Meter.NONE)
                            .moved()
                    < SIZE);
        }
        assertStored();
    }

    @Test
    void aFileThatBecomesShorterEndsEveryConnection() throws Exception {
        watch.atBytes(1, () -> Files.write(file, new byte[SIZE / 2]));
        ClientException e = assertThrows(ClientException.class, () -> put(TransferOptions.DEFAULT));
        assertEquals(Problem.LOCAL_FILE, e.problem());
    }

    @Test
    void aFileThatIsReplacedWhileItIsFetchedIsFetchedAnew() throws Exception {
        store();
        byte[] other = TestFiles.content(SIZE - 1);
        Path otherFile = TestFiles.write(folder, "other", other);
        watch.atBytes(SIZE / 4, () -> store(otherFile));
        try (Session session = session()) {
            new Downloader(session, TransferOptions.DEFAULT).get(KEY, folder.resolve("back"), false, watch);
        }
        assertArrayEquals(other, Files.readAllBytes(folder.resolve("back")));
    }

    private void store() throws Exception {
        store(file);
    }

    private void store(Path source) throws Exception {
        try (Session session = sessionNearby()) {
            new Uploader(session, TransferOptions.DEFAULT).put(source, KEY, true, Meter.NONE);
        }
    }

    private Transfer put(TransferOptions options) throws Exception {
        try (Session session = session()) {
            return new Uploader(session, options).put(file, KEY, false, watch);
        }
    }

    private Transfer get(TransferOptions options) throws Exception {
        Path back = folder.resolve("back");
        try (Session session = session()) {
            Transfer transfer = new Downloader(session, options).get(KEY, back, false, watch);
            assertArrayEquals(content, Files.readAllBytes(back));
            return transfer;
        }
    }

    private Session session() throws Exception {
        return Session.open(() -> new Account(line.address(), "alice", "alice"), Dialer.DEFAULT, notices::add);
    }

    /** Without the long line. */
    private Session sessionNearby() throws Exception {
        HostAndPort address = new HostAndPort("127.0.0.1", server.address().getPort());
        return Session.open(() -> new Account(address, "alice", "alice"), Dialer.DEFAULT, notices::add);
    }

    private void assertStored() throws Exception {
        Path back = folder.resolve("stored");
        try (Session session = sessionNearby()) {
            new Downloader(session, TransferOptions.DEFAULT).get(KEY, back, false, Meter.NONE);
        }
        assertArrayEquals(content, Files.readAllBytes(back));
    }

    /** Notes what a meter is told, and does something once when so much has moved. */
    private static final class Watch implements Meter {
        final List<Integer> connections = Collections.synchronizedList(new ArrayList<>());
        final AtomicLong moved = new AtomicLong();
        private Action action = () -> {};
        private long due = Long.MAX_VALUE;

        interface Action {
            void run() throws Exception;
        }

        void atBytes(long bytes, Action newAction) {
            due = bytes;
            action = newAction;
        }

        int most() {
            return connections.stream().max(Integer::compare).orElse(1);
        }

        @Override
        public void expect(long bytes) {}

        @Override
        public synchronized void moved(long bytes) {
            if (moved.addAndGet(bytes) >= due) {
                due = Long.MAX_VALUE;
                try {
                    action.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void connections(int count) {
            connections.add(count);
        }
    }
}
