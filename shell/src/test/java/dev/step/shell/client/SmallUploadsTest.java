package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Key;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files to a real server, which is cut off or has something else under their keys. */
@Timeout(120)
class SmallUploadsTest {
    private static final int FILES = 200;

    @TempDir
    Path folder;

    private final List<Integer> sent = new ArrayList<>();
    private final List<Integer> leftOver = new ArrayList<>();
    private RealServer server;
    private CuttingProxy proxy;
    private Session session;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        proxy = new CuttingProxy(server.address());
        session = Session.open(
                () -> new Account(proxy.address(), "alice", "alice"),
                new Dialer(Duration.ofSeconds(5), Duration.ofSeconds(30)),
                notice -> {});
    }

    @AfterEach
    void stop() throws Exception {
        session.close();
        proxy.close();
        server.close();
    }

    @Test
    void allArriveInTheirOrder() throws Exception {
        putAll();
        assertEquals(IntStream.range(0, FILES).boxed().toList(), sent);
        assertEquals(List.of(), leftOver);
        everyFileIsThere();
    }

    @Test
    void thoseWhoseKeysAreTakenAreLeftOver() throws Exception {
        Uploader uploader = new Uploader(session, TransferOptions.DEFAULT);
        uploader.put(file(3), key(3), false, Meter.NONE);
        uploader.put(file(4), key(5), false, Meter.NONE);
        putAll();
        assertEquals(List.of(3, 5), leftOver);
        assertTrue(uploader.put(file(3), key(3), false, Meter.NONE).alreadyThere());
        ClientException e = assertThrows(ClientException.class, () -> uploader.put(file(5), key(5), false, Meter.NONE));
        assertEquals(Problem.EXISTS, e.problem());
    }

    @Test
    void whatTheServerHasIsNotSentAgain() throws Exception {
        putAll();
        long before = proxy.sent();
        putAll();
        assertEquals(IntStream.range(0, FILES).boxed().toList(), leftOver);
        assertTrue(proxy.sent() - before < FILES * 600L, "sent " + (proxy.sent() - before));
    }

    @Test
    void keysOfAnyLengthArrive() throws Exception {
        SmallUploads uploads = new SmallUploads(session, TransferOptions.DEFAULT);
        for (int i = 0; i < 50; i++) {
            uploads.put(file(i), new Key("é".repeat(500) + i), Meter.NONE, outcome(i));
        }
        uploads.finish();
        assertEquals(50, sent.size());
    }

    @Test
    void thoseWhoseAnswersWereLostAreLeftOverAndMayBeThere() throws Exception {
        proxy.cutAfter(200_000, server::restart);
        putAll();
        assertEquals(FILES, sent.size() + leftOver.size());
        assertFalse(leftOver.isEmpty());
        assertTrue(leftOver.size() <= 100, leftOver::toString);
        Uploader uploader = new Uploader(session, TransferOptions.DEFAULT);
        for (int i : leftOver) {
            uploader.put(file(i), key(i), false, Meter.NONE);
        }
        everyFileIsThere();
    }

    @Test
    void aFileThatCannotBeReadFailsAloneAndAtOnce() throws Exception {
        SmallUploads uploads = new SmallUploads(session, TransferOptions.DEFAULT);
        put(uploads, 0);
        assertThrows(ClientException.class, () -> uploads.put(folder.resolve("none"), key(1), Meter.NONE, outcome(1)));
        put(uploads, 2);
        uploads.finish();
        assertEquals(List.of(0, 2), sent);
    }

    @Test
    void onlySmallFilesAreTakenAndOnlyWhereTheServerCan() throws Exception {
        SmallUploads uploads = new SmallUploads(session, TransferOptions.DEFAULT);
        assertTrue(put(uploads, 1));
        assertFalse(put(uploads, TestFiles.write(folder, "empty", new byte[0])));
        assertFalse(put(uploads, TestFiles.write(folder, "large", new byte[(256 << 10) + 1])));
        assertEquals(List.of(1), sent);
        assertThrows(ClientException.class, () -> put(uploads, folder));
    }

    private boolean put(SmallUploads uploads, Path file) throws ClientException {
        return uploads.put(file, key(0), Meter.NONE, outcome(0));
    }

    private void putAll() throws Exception {
        SmallUploads uploads = new SmallUploads(session, TransferOptions.DEFAULT);
        for (int i = 0; i < FILES; i++) {
            put(uploads, i);
        }
        uploads.finish();
    }

    private boolean put(SmallUploads uploads, int index) throws Exception {
        return uploads.put(file(index), key(index), Meter.NONE, outcome(index));
    }

    private SmallUploads.Outcome outcome(int index) {
        return new SmallUploads.Outcome() {
            @Override
            public void sent(Transfer transfer) {
                sent.add(index);
            }

            @Override
            public void leftOver() {
                leftOver.add(index);
            }
        };
    }

    private Path file(int index) throws Exception {
        Path file = folder.resolve("f" + index);
        if (!Files.exists(file)) {
            TestFiles.write(folder, "f" + index, TestFiles.content(1_000 + 37 * index));
        }
        return file;
    }

    private static Key key(int index) {
        return new Key("folder " + index % 7 + "/k" + index);
    }

    private void everyFileIsThere() throws Exception {
        for (int i = 0; i < FILES; i++) {
            assertArrayEquals(Files.readAllBytes(file(i)), stored(i), "file " + i);
        }
    }

    private byte[] stored(int index) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Downloader(session, TransferOptions.DEFAULT).write(key(index), Channels.newChannel(bytes), Meter.NONE);
        return bytes.toByteArray();
    }
}
