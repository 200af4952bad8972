package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a real server that is cut off, restarted and changed. */
@Timeout(120)
class ResumeDownloadTest {
    private static final Key KEY = new Key("k");
    private static final int SIZE = 32 << 20;
    /** What comes twice depends on how much was under way. */
    private static final TransferOptions ON_ONE_CONNECTION = new TransferOptions(OptionalInt.of(1), Optional.empty());

    private static final long WINDOW = (4 << 20) + (256 << 10);
    private static final long OVERHEAD = SIZE / 50;

    @TempDir
    Path folder;

    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private RealServer server;
    private CuttingProxy proxy;
    private Path target;
    private long before;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        proxy = new CuttingProxy(server.address());
        target = Files.createDirectory(folder.resolve("work")).resolve("f");
        store(TestFiles.content(SIZE));
        before = proxy.received();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void fetchesOnlyWhatIsMissingAfterEachLostConnection(long seed) throws Exception {
        cutThreeTimes(seed, () -> {});
        getsWithinTheBound(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {3})
    void fetchesOnlyWhatIsMissingAfterEachRestartOfTheServer(long seed) throws Exception {
        cutThreeTimes(seed, server::restart);
        getsWithinTheBound(seed);
    }

    private void cutThreeTimes(long seed, Runnable action) {
        Random random = new Random(seed);
        for (int cut = 1; cut <= 3; cut++) {
            proxy.cutAfter((long) cut * SIZE / 4 + random.nextInt(SIZE / 8), action);
        }
    }

    private void getsWithinTheBound(long seed) throws Exception {
        get();
        assertArrayEquals(TestFiles.content(SIZE), Files.readAllBytes(target), "seed " + seed);
        long received = proxy.received() - before;
        assertTrue(received <= SIZE + 3 * WINDOW + OVERHEAD, "seed " + seed + ": received " + received);
        assertEquals(Collections.nCopies(3, "reconnected to " + proxy.address()), notices);
        nothingIsLeftBeside();
    }

    @Test
    void whatWasInterruptedGoesOnWhereItStopped() throws Exception {
        interruptAfter(SIZE / 2);
        long first = proxy.received() - before;
        get();
        long second = proxy.received() - before - first;
        assertTrue(second <= SIZE - first + WINDOW + OVERHEAD, "received " + first + " and " + second);
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("going on with an unfinished download, of which "), notices::toString);
        assertArrayEquals(TestFiles.content(SIZE), Files.readAllBytes(target));
        nothingIsLeftBeside();
    }

    @Test
    void aFileThatIsReplacedMeanwhileIsFetchedAnew() throws Exception {
        byte[] other = TestFiles.content(SIZE + 1);
        proxy.cutAfter(SIZE / 2, () -> replaceWith(other));
        get();
        assertEquals("key k: what has arrived is not what the server has now; starting over", notices.get(1));
        assertArrayEquals(other, Files.readAllBytes(target));
        nothingIsLeftBeside();
    }

    @Test
    void aFileThatWasReplacedBeforeItIsGoneOnWithIsFetchedAnew() throws Exception {
        interruptAfter(SIZE / 2);
        replaceWith(TestFiles.content(5));
        get();
        assertEquals(List.of(target + ": an unfinished download of other content was there; starting over"), notices);
        assertArrayEquals(TestFiles.content(5), Files.readAllBytes(target));
        nothingIsLeftBeside();
    }

    @Test
    void aDamagedPartIsFoundOutByTheDigest() throws Exception {
        interruptAfter(SIZE / 2);
        try (RandomAccessFile part = new RandomAccessFile(part().toFile(), "rw")) {
            int first = part.read();
            part.seek(0);
            part.write(first + 1);
        }
        get();
        assertEquals("key k: what has arrived is not what the server has now; starting over", notices.get(1));
        assertArrayEquals(TestFiles.content(SIZE), Files.readAllBytes(target));
        nothingIsLeftBeside();
    }

    @Test
    void aPlanThatOthersCouldHaveWrittenIsNotBelieved() throws Exception {
        interruptAfter(SIZE / 2);
        Path plan = part().resolveSibling(".f.part.plan");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)));
        Files.setPosixFilePermissions(plan, PosixFilePermissions.fromString("rw-rw----"));
        get();
        assertTrue(notices.get(0).endsWith("starting over"), notices::toString);
        assertArrayEquals(TestFiles.content(SIZE), Files.readAllBytes(target));
        nothingIsLeftBeside();
    }

    @Test
    void aSecondDownloadToTheSameTargetIsRefused() throws Exception {
        List<ClientException> refusals = Collections.synchronizedList(new ArrayList<>());
        proxy.cutAfter(
                SIZE / 2,
                () -> refusals.add(assertThrows(
                        ClientException.class,
                        () -> get(sessionTo(server.address().getPort())))));
        get();
        assertEquals(
                target + " is being fetched already; wait for that to end",
                refusals.get(0).getMessage());
        assertArrayEquals(TestFiles.content(SIZE), Files.readAllBytes(target));
    }

    private void interruptAfter(long bytes) throws Exception {
        try (Session session = session()) {
            proxy.after(bytes, session::cancel);
            ClientException e = assertThrows(ClientException.class, () -> get(session));
            assertEquals("interrupted; what has arrived is kept: get it again to go on", e.getMessage());
        }
        assertTrue(Files.exists(part()));
        assertEquals(List.of(), notices);
    }

    private Path part() {
        return target.resolveSibling(".f.part");
    }

    private void nothingIsLeftBeside() throws Exception {
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertEquals(List.of(target), files.toList());
        }
    }

    private void get() throws Exception {
        try (Session session = session()) {
            get(session);
        }
    }

    private void get(Session session) throws ClientException {
        new Downloader(session, ON_ONE_CONNECTION).get(KEY, target, false, Meter.NONE);
    }

    private void store(byte[] content) throws Exception {
        try (Session session = sessionTo(server.address().getPort())) {
            Path file = TestFiles.write(folder, "source", content);
            new Uploader(session, TransferOptions.DEFAULT).put(file, KEY, false, Meter.NONE);
        }
    }

    private void replaceWith(byte[] content) {
        try (Session session = sessionTo(server.address().getPort())) {
            new RemoteFiles(session).delete(KEY);
            store(content);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Session session() throws ClientException {
        return sessionTo(proxy.address().port());
    }

    private Session sessionTo(int port) throws ClientException {
        return Session.open(
                () -> new Account(new HostAndPort("127.0.0.1", port), "alice", "alice"), Dialer.DEFAULT, notices::add);
    }
}
