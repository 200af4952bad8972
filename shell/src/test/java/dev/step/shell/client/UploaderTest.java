package dev.step.shell.client;

import static dev.step.shell.client.SessionTest.is;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UploaderTest {
    private static final Key KEY = new Key("k");
    private static final int BLOCK = 20_480;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, BLOCK - 1, BLOCK, BLOCK + 1, 7 * BLOCK, 1_000_000})
    void anOldServerGetsEveryByte(int size) throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            Transfer transfer = put(session, TestFiles.content(size));
            assertArrayEquals(TestFiles.content(size), server.files.get("k"));
            assertEquals(
                    TestFiles.md5(TestFiles.content(size)), transfer.digest().hex());
            assertFalse(transfer.alreadyThere());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512 << 10, 5_000_000, 20_000_000})
    void aServerWithExtensionsGetsEveryByte(int size) throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            put(session, TestFiles.content(size));
            assertArrayEquals(TestFiles.content(size), server.files.get("k"));
        }
    }

    @Test
    void anOldServersBlockSizeIsTakenAsItIs() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.blocksOf(12_800);
            put(session, TestFiles.content(100_000));
            assertEquals(8, server.count("UPLOAD"));
            assertFalse(server.requests.get(1).has("block_size"));
        }
    }

    @Test
    void onlyAServerThatOffersItGetsRequestsAhead() throws Exception {
        for (boolean extended : new boolean[] {false, true}) {
            try (FakeServer server = new FakeServer()) {
                server.extended(extended);
                try (Session session = server.session()) {
                    put(session, TestFiles.content(3_000_000));
                    assertEquals(extended, server.sawPipelining);
                }
            }
        }
    }

    @Test
    void goesOnWhereTheConnectionWasLost() throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) ->
                    is(request, "UPLOAD") && blocks.incrementAndGet() % 4 == 0 ? usual.thenClose() : usual);
            put(session, TestFiles.content(10 * BLOCK));
            assertEquals(10, server.count("UPLOAD"));
            assertEquals(1, server.count("SAVE"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void sendsAgainWhatWasNotConfirmed(int lost) throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) ->
                    is(request, "UPLOAD") && blocks.incrementAndGet() == lost ? Reply.CLOSE : usual);
            put(session, TestFiles.content(4_000_000));
            assertArrayEquals(TestFiles.content(4_000_000), server.files.get("k"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerThatIsTooBusyToLogInIsAskedAgain(int status) throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        AtomicInteger logins = new AtomicInteger();
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                if (is(request, "LOGIN") && logins.incrementAndGet() <= 2) {
                    return Reply.to(request, status, "not now");
                }
                return is(request, "UPLOAD") && blocks.incrementAndGet() == 2 ? Reply.CLOSE : usual;
            });
            put(session, TestFiles.content(4_000_000));
            assertArrayEquals(TestFiles.content(4_000_000), server.files.get("k"));
            assertTrue(logins.get() >= 3, logins.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 408})
    void aLostLastAnswerIsMadeUpForByAsking(int status) throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                if (!is(request, "UPLOAD")) {
                    return usual;
                }
                return blocks.incrementAndGet() == 3
                        ? Reply.CLOSE
                        : usual.fields().get("status").getAsInt() == 402
                                ? Reply.to(request, status, "completely uploaded")
                                : usual;
            });
            put(session, TestFiles.content(3 * BLOCK));
            assertEquals(4, server.count("UPLOAD"));
            assertEquals(1, server.count("GET"));
        }
    }

    @Test
    void aLastAnswerThatNeverComesIsMadeUpForByAsking() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session(Duration.ofMillis(500), new ArrayList<>())) {
            server.misbehaving(
                    (request, usual) -> is(request, "UPLOAD") && usual.fields().has("md5") ? Reply.HANG : usual);
            put(session, TestFiles.content(2 * BLOCK));
            assertEquals(1, server.count("GET"));
        }
    }

    @Test
    void aServerThatStopsAnsweringIsGivenUp() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session(Duration.ofMillis(500), new ArrayList<>())) {
            server.misbehaving((request, usual) -> is(request, "UPLOAD") ? Reply.HANG : usual);
            assertEquals(
                    Problem.NO_ANSWER,
                    failure(session, TestFiles.content(2 * BLOCK)).problem());
        }
    }

    @Test
    void aServerThatNeverSaysTheDigestIsAsked() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "UPLOAD")
                    ? usual.with(fields -> {
                        fields.remove("md5");
                        return fields;
                    })
                    : usual);
            put(session, TestFiles.content(BLOCK));
            assertEquals(1, server.count("GET"));
        }
    }

    @Test
    void contentThatArrivedDamagedIsTold() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) ->
                    usual.fields().has("md5") ? usual.with("md5", TestFiles.md5(new byte[1])) : usual);
            assertEquals(
                    Problem.DIFFERENT,
                    failure(session, TestFiles.content(BLOCK)).problem());
        }
    }

    @Test
    void aKeyWithTheSameContentIsASuccess() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(BLOCK));
            assertTrue(put(session, TestFiles.content(BLOCK)).alreadyThere());
            assertEquals(0, server.count("UPLOAD"));
        }
    }

    @Test
    void aKeyWithOtherContentIsLeftAlone() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", TestFiles.content(5));
            ClientException e = failure(session, TestFiles.content(BLOCK));
            assertEquals(Problem.EXISTS, e.problem());
            assertTrue(e.getMessage().contains("key k"), e.getMessage());
            assertArrayEquals(TestFiles.content(5), server.files.get("k"));
        }
    }

    @Test
    void anEmptyFileOrASlashIsNeverSentToAnOldServer() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            assertEquals(Problem.UNSUPPORTED, failure(session, new byte[0]).problem());
            Path file = TestFiles.write(folder, "f", new byte[1]);
            ClientException e = assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                    .put(file, new Key("a/b"), false, Meter.NONE));
            assertEquals(Problem.UNSUPPORTED, e.problem());
            assertEquals(0, server.count("SAVE"));
        }
    }

    @Test
    void aFileThatShrinksWhileItIsSentIsTold() throws Exception {
        Path file = TestFiles.write(folder, "f", TestFiles.content(100 * BLOCK));
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                change(request, () -> Files.write(file, new byte[10]));
                return usual;
            });
            ClientException e = assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                    .put(file, KEY, false, Meter.NONE));
            assertTrue(
                    e.getMessage().endsWith("it became shorter while it was sent; send it again when it is at rest"));
            assertTrue(server.files.isEmpty());
        }
    }

    @Test
    void aFileThatGrowsWhileItIsSentIsTold() throws Exception {
        Path file = TestFiles.write(folder, "f", TestFiles.content(100 * BLOCK));
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                change(request, () -> Files.write(file, new byte[10], StandardOpenOption.APPEND));
                return usual;
            });
            ClientException e = assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                    .put(file, KEY, false, Meter.NONE));
            assertTrue(
                    e.getMessage().endsWith("it changed while it was sent; send it again when it is at rest"),
                    e.getMessage());
            assertTrue(server.files.isEmpty());
        }
    }

    @Test
    void afterARefusalInTheMiddleTheSessionStaysInStep() throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "UPLOAD") && blocks.incrementAndGet() > 1
                    ? Reply.to(request, 413, "no space left")
                    : usual);
            assertEquals(
                    Problem.NO_SPACE,
                    failure(session, TestFiles.content(9_000_000)).problem());
            server.files.put("other", new byte[3]);
            assertEquals(3, new RemoteFiles(session).describe(new Key("other")).size());
            assertEquals(1, server.count("LOGIN"));
        }
    }

    @Test
    void aBlockThatWasDamagedOnItsWayIsSentAgain() throws Exception {
        AtomicInteger blocks = new AtomicInteger();
        try (FakeServer server = FakeServer.withExtensions()) {
            server.misbehaving((request, usual) -> {
                if (is(request, "LOGIN")) {
                    return usual.with("features", List.of("block-size", "pipeline", "block-crc"));
                }
                return is(request, "UPLOAD") && blocks.incrementAndGet() == 3
                        ? Reply.to(request, 406, "damaged")
                        : usual;
            });
            try (Session session = server.session()) {
                put(session, TestFiles.content(4_000_000));
            }
            assertArrayEquals(TestFiles.content(4_000_000), server.files.get("k"));
            assertTrue(server.requests.get(2).has("block_crc32c"));
        }
    }

    @Test
    void aConfirmationOfAnotherBlockIsAgainstTheProtocol() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "UPLOAD") ? usual.with("block_index", 7) : usual);
            assertEquals(
                    Problem.BAD_ANSWER,
                    failure(session, TestFiles.content(1_000_000)).problem());
        }
    }

    @Test
    void aPlanForAnotherFileIsAgainstTheProtocol() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "SAVE") ? usual.with("key", "other") : usual);
            assertEquals(
                    Problem.BAD_ANSWER, failure(session, TestFiles.content(10)).problem());
        }
    }

    @Test
    void aFolderIsNotSent() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            ClientException e = assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                    .put(folder, KEY, false, Meter.NONE));
            assertTrue(e.getMessage().contains("is a folder"));
            ClientException missing =
                    assertThrows(ClientException.class, () -> new Uploader(session, TransferOptions.DEFAULT)
                            .put(folder.resolve("none"), KEY, false, Meter.NONE));
            assertEquals(Problem.NOT_FOUND, missing.problem());
        }
    }

    private Transfer put(Session session, byte[] content) throws Exception {
        return new Uploader(session, TransferOptions.DEFAULT)
                .put(TestFiles.write(folder, "f", content), KEY, false, Meter.NONE);
    }

    private ClientException failure(Session session, byte[] content) {
        return assertThrows(ClientException.class, () -> put(session, content));
    }

    private interface Change {
        void make() throws java.io.IOException;
    }

    private static void change(JsonObject request, Change change) {
        if (is(request, "UPLOAD") && request.get("block_index").getAsInt() == 2) {
            try {
                change.make();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
