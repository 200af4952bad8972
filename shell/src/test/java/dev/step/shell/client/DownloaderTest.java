package dev.step.shell.client;

import static dev.step.shell.client.SessionTest.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DownloaderTest {
    private static final Key KEY = new Key("k");
    private static final int BLOCK = 20_480;

    @TempDir
    Path folder;

    @AfterEach
    void nothingIsLeftBeside() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BLOCK, BLOCK + 1, 1_000_000})
    void everyByteComesFromAnOldServer(int size) throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(size));
            get(session);
            assertArrayEquals(TestFiles.content(size), Files.readAllBytes(target()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512 << 10, 20_000_000})
    void everyByteComesFromAServerWithExtensions(int size) throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(size));
            get(session);
            assertArrayEquals(TestFiles.content(size), Files.readAllBytes(target()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWhereTheConnectionWasLost(boolean extended) throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = new FakeServer()) {
            server.extended(extended);
            server.files.put("k", TestFiles.content(6_000_000));
            try (Session session = server.session()) {
                server.misbehaving((request, usual) ->
                        is(request, "DOWNLOAD") && blocks.incrementAndGet() == 5 ? Reply.CLOSE : usual);
                get(session);
                assertArrayEquals(TestFiles.content(6_000_000), Files.readAllBytes(target()));
            }
        }
    }

    @Test
    void answersInSmallPiecesAreFine() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.split = true;
            server.files.put("k", TestFiles.content(10 * BLOCK));
            get(session);
            assertArrayEquals(TestFiles.content(10 * BLOCK), Files.readAllBytes(target()));
        }
    }

    @Test
    void contentWithAnotherDigestNeverGetsTheTargetsName() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(3 * BLOCK));
            server.misbehaving((request, usual) ->
                    is(request, "DOWNLOAD") ? usual.withBinary(new byte[usual.binary().length]) : usual);
            assertEquals(Problem.DIFFERENT, failure(session).problem());
            assertFalse(Files.exists(target()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK + 1, 10 * BLOCK})
    void aBlockOfAnotherLengthIsAgainstTheProtocol(int length) throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(3 * BLOCK));
            server.misbehaving(
                    (request, usual) -> is(request, "DOWNLOAD") ? usual.withBinary(new byte[length]) : usual);
            assertEquals(Problem.BAD_ANSWER, failure(session).problem());
            assertFalse(Files.exists(target()));
        }
    }

    @Test
    void aPlanThatDoesNotAddUpIsAgainstTheProtocol() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(BLOCK));
            server.misbehaving((request, usual) -> is(request, "GET") ? usual.with("size", Long.MAX_VALUE) : usual);
            assertEquals(Problem.BAD_ANSWER, failure(session).problem());
        }
    }

    @Test
    void aTargetWithTheSameContentIsASuccess() throws Exception {
        Files.write(target(), TestFiles.content(BLOCK));
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(BLOCK));
            assertTrue(get(session).alreadyThere());
            assertEquals(0, server.count("DOWNLOAD"));
        }
    }

    @Test
    void aTargetWithOtherContentIsOnlyReplacedWhenThatIsWanted() throws Exception {
        Files.write(target(), TestFiles.content(5));
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(BLOCK));
            ClientException e = failure(session);
            assertEquals(Problem.EXISTS, e.problem());
            assertTrue(e.getMessage().contains("--replace"), e.getMessage());
            assertArrayEquals(TestFiles.content(5), Files.readAllBytes(target()));

            new Downloader(session, TransferOptions.DEFAULT).get(KEY, target(), true, Meter.NONE);
            assertArrayEquals(TestFiles.content(BLOCK), Files.readAllBytes(target()));
        }
    }

    @Test
    void aLongNameStillHasRoomForItsUnfinishedFile() throws Exception {
        Path longest = folder.resolve("n".repeat(255));
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(10));
            new Downloader(session, TransferOptions.DEFAULT).get(KEY, longest, false, Meter.NONE);
            assertArrayEquals(TestFiles.content(10), Files.readAllBytes(longest));
        }
    }

    @Test
    void aFolderThatDoesNotExistIsTold() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(10));
            ClientException e =
                    assertThrows(ClientException.class, () -> new Downloader(session, TransferOptions.DEFAULT)
                            .get(KEY, folder.resolve("none/f"), false, Meter.NONE));
            assertEquals(Problem.NOT_FOUND, e.problem());
        }
    }

    private Path target() {
        return folder.resolve("f");
    }

    private Transfer get(Session session) throws ClientException {
        return new Downloader(session, TransferOptions.DEFAULT).get(KEY, target(), false, Meter.NONE);
    }

    private ClientException failure(Session session) {
        return assertThrows(ClientException.class, () -> get(session));
    }
}
