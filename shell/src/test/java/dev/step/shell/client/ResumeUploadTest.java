package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to a real server that is cut off, restarted and left alone. */
@Timeout(120)
class ResumeUploadTest {
    private static final Key KEY = new Key("k");
    private static final int SIZE = 32 << 20;
    private static final long WINDOW = (4 << 20) + (256 << 10);
    private static final long OVERHEAD = SIZE / 50;
    private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private static final TransferOptions IN_SMALL_BLOCKS =
            new TransferOptions(OptionalInt.of(1), Optional.of(new RateLimit(1)));
    private static final int SMALL_BLOCK = 1024;
    /** What is sent twice depends on how much was under way. */
    private static final TransferOptions ON_ONE_CONNECTION = new TransferOptions(OptionalInt.of(1), Optional.empty());

    private static final int APART_BYTES = 64 << 10;

    @TempDir
    Path folder;

    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private RealServer server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        proxy = new CuttingProxy(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sendsOnlyWhatIsMissingAfterEachLostConnection(long seed) throws Exception {
        cutThreeTimes(seed, () -> {});
        putsWithinTheBound(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void sendsOnlyWhatIsMissingAfterEachRestartOfTheServer(long seed) throws Exception {
        cutThreeTimes(seed, server::restart);
        putsWithinTheBound(seed);
    }

    private void cutThreeTimes(long seed, Runnable action) {
        Random random = new Random(seed);
        for (int cut = 1; cut <= 3; cut++) {
            proxy.cutAfter((long) cut * SIZE / 4 + random.nextInt(SIZE / 8), action);
        }
    }

    private void putsWithinTheBound(long seed) throws Exception {
        try (Session session = session()) {
            Transfer transfer = put(session, file(TestFiles.content(SIZE)));
            Digest sent = transfer.digest(); // by the algorithm that suits the processor
            assertEquals(TestFiles.digest(sent.algorithm(), TestFiles.content(SIZE)), sent, "seed " + seed);
        }
        assertTrue(proxy.sent() <= SIZE + 3 * WINDOW + OVERHEAD, "seed " + seed + ": sent " + proxy.sent());
        assertArrayEquals(TestFiles.content(SIZE), stored());
        assertEquals(Collections.nCopies(3, "reconnected to " + proxy.address()), notices);
    }

    @Test
    void whatWasInterruptedGoesOnWhereItStopped() throws Exception {
        Path file = file(TestFiles.content(SIZE));
        interruptAfter(SIZE / 2, file);
        long before = proxy.sent();
        try (Session session = session()) {
            put(session, file);
        }
        long after = proxy.sent() - before;
        assertTrue(after <= SIZE - before + WINDOW + OVERHEAD, "sent " + before + " and " + after);
        assertTrue(
                notices.get(0).startsWith("key k: going on with its unfinished upload, of which "), notices::toString);
        assertEquals(1, notices.size());
        assertArrayEquals(TestFiles.content(SIZE), stored());
    }

    @Test
    void aFileThatChangedMeanwhileStartsOver() throws Exception {
        Path file = file(TestFiles.content(SIZE));
        interruptAfter(SIZE / 2, file);
        byte[] other = TestFiles.content(SIZE);
        other[0]++;
        Files.write(file, other);
        try (Session session = session()) {
            put(session, file);
        }
        assertEquals(
                List.of("key k: its unfinished upload is of other content, or of this file before it changed;"
                        + " starting over"),
                notices);
        assertArrayEquals(other, stored());
    }

    @Test
    void aChangeThatTheFileSystemDoesNotShowIsFoundOutByTheDigest() throws Exception {
        Path file = file(TestFiles.content(SIZE));
        interruptAfter(SIZE / 2, file);
        byte[] other = TestFiles.content(SIZE);
        other[0]++;
        file(other);
        try (Session session = session()) {
            put(session, file);
        }
        assertEquals(2, notices.size());
        assertEquals("key k: what had arrived is not what is here; starting over", notices.get(1));
        assertArrayEquals(other, stored());
    }

    @Test
    void moreGapsThanOneAnswerHoldsAreAllFilled() throws Exception {
        byte[] content = TestFiles.content(2_500 * SMALL_BLOCK + 1);
        Path file = file(content);
        try (Session session = session()) {
            sendBlocks(session, file, content, 2);
            long before = proxy.sent();
            put(session, file);
            assertTrue(proxy.sent() - before < content.length, "sent " + (proxy.sent() - before));
        }
        assertArrayEquals(content, stored());
    }

    @Test
    void whenEverythingIsThereOnlyTheDigestIsSent() throws Exception {
        byte[] content = TestFiles.content(300 * SMALL_BLOCK);
        Path file = file(content);
        try (Session session = session()) {
            sendBlocks(session, file, content, 1);
            long before = proxy.sent();
            put(session, file);
            assertTrue(proxy.sent() - before < 3 * SMALL_BLOCK, "sent " + (proxy.sent() - before));
        }
        assertArrayEquals(content, stored());
    }

    @Test
    void aServerThatStaysAwayIsGivenUpAndWhatArrivedIsKept() throws Exception {
        Path file = file(TestFiles.content(SIZE));
        try (Session session = session(Duration.ofSeconds(1))) {
            proxy.cutAfter(SIZE / 2, proxy::close);
            ClientException e = assertThrows(ClientException.class, () -> put(session, file));
            assertEquals(Problem.CANNOT_CONNECT, e.problem());
            assertTrue(e.getMessage().endsWith("what has arrived is kept: put it again to go on"), e.getMessage());
        }
    }

    @Test
    void aFileThatChangesWhileItIsSentIsNotPublished() throws Exception {
        Path file = file(TestFiles.content(SIZE));
        try (Session session = session()) {
            proxy.cutAfter(SIZE / 2, () -> assertEquals(true, file.toFile().setLastModified(1)));
            ClientException e = assertThrows(ClientException.class, () -> put(session, file));
            assertTrue(e.getMessage().endsWith("it changed while it was sent; send it again when it is at rest"));
            ClientException missing = assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
            assertEquals(Problem.NOT_FOUND, missing.problem());
        }
    }

    @Test
    void aFileWhoseContentChangesBehindItsHashingIsNotPublished() throws Exception {
        Path path = file(TestFiles.content(SIZE));
        Files.setLastModifiedTime(path, EARLIER);
        try (Session session = session();
                FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            Uploader uploader = new Uploader(session, TransferOptions.DEFAULT);
            ClientException e =
                    assertThrows(ClientException.class, () -> uploader.put(path, KEY, false, changing(file)));
            assertTrue(e.getMessage().endsWith("it changed while it was sent; send it again when it is at rest"));
            ClientException missing = assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
            assertEquals(Problem.NOT_FOUND, missing.problem());
        }
    }

    /** Whenever a block is confirmed, changes all others. */
    private static Meter changing(FileChannel file) {
        return new Meter() {
            private byte step;

            @Override
            public void expect(long bytes) {}

            @Override
            public void moved(long bytes) {
                step++;
                try {
                    for (int at = 0; at < SIZE; at += APART_BYTES) {
                        file.write(ByteBuffer.wrap(new byte[] {step}), at);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void connections(int count) {}
        };
    }

    private void interruptAfter(long bytes, Path file) throws Exception {
        try (Session session = session()) {
            proxy.after(bytes, session::cancel);
            ClientException e = assertThrows(ClientException.class, () -> put(session, file));
            assertEquals("interrupted; what has arrived is kept: put it again to go on", e.getMessage());
        }
        assertEquals(List.of(), notices);
    }

    /** Sends every so many-th block of a file, in small blocks, and never what they should come to. */
    private static void sendBlocks(Session session, Path file, byte[] content, int step) throws Exception {
        Announcement announcement = new Announcement(new Pace(session, IN_SMALL_BLOCKS), KEY, LocalFile.of(file));
        UploadPlan plan = announcement.plan(announcement.send());
        for (int index = 0; index < plan.blocks().totalBlocks(); index += step) {
            ByteBuffer block =
                    ByteBuffer.wrap(content, index * SMALL_BLOCK, plan.blocks().length(index));
            UploadBlock request = new UploadBlock(KEY, index, plan.uploadId(), OptionalInt.empty(), Optional.empty());
            session.connection().send(request, block);
            assertTrue(session.connectionInUse(true).receive().isOk());
        }
    }

    private Path file(byte[] content) throws Exception {
        Path file = TestFiles.write(folder, "f", content);
        return Files.setLastModifiedTime(file, EARLIER);
    }

    private byte[] stored() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Session session = session()) {
            new Downloader(session, TransferOptions.DEFAULT).write(KEY, Channels.newChannel(bytes), Meter.NONE);
        }
        return bytes.toByteArray();
    }

    private static Transfer put(Session session, Path file) throws ClientException {
        return new Uploader(session, ON_ONE_CONNECTION).put(file, KEY, false, Meter.NONE);
    }

    private Session session() throws ClientException {
        return session(Duration.ofSeconds(30));
    }

    private Session session(Duration limit) throws ClientException {
        return Session.open(
                () -> new Account(proxy.address(), "alice", "alice"),
                new Dialer(Duration.ofSeconds(5), limit),
                notices::add);
    }
}
