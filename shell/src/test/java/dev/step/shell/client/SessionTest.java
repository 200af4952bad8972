package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Feature;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SessionTest {
    private static final Key KEY = new Key("k");

    @Test
    void namesEveryFeatureWhenItLogsIn() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            assertEquals(
                    Feature.values().length,
                    server.requests.get(0).getAsJsonArray("features").size());
            assertFalse(session.offers(Feature.LIST));
        }
    }

    @Test
    void learnsWhatTheServerOffers() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            assertTrue(session.offers(Feature.PIPELINE));
            assertEquals("fake/1", session.server().orElseThrow().name());
        }
    }

    @Test
    void aWrongPasswordIsToldAsARefusedLogin() throws Exception {
        try (FakeServer server = new FakeServer()) {
            ClientException e = assertThrows(
                    ClientException.class,
                    () -> Session.open(
                            () -> new Account(server.address(), "alice", "guess"), Dialer.DEFAULT, notice -> {}));
            assertEquals(Problem.LOGIN_REFUSED, e.problem());
            assertTrue(e.getMessage().contains("alice"), e.getMessage());
        }
    }

    @Test
    void aPortWithNobodyListeningIsTold() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        HostAndPort nowhere = new HostAndPort("127.0.0.1", port);
        ClientException e = assertThrows(
                ClientException.class,
                () -> Session.open(() -> new Account(nowhere, "a", "a"), Dialer.DEFAULT, notice -> {}));
        assertEquals(Problem.CANNOT_CONNECT, e.problem());
        assertTrue(e.getMessage().contains("is the server running?"), e.getMessage());
    }

    @Test
    void aServerThatNeverAnswersIsGivenUpAfterTheLimit() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session(Duration.ofSeconds(1), new ArrayList<>())) {
            server.misbehaving((request, usual) -> Reply.HANG);
            ClientException e = assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
            assertEquals(Problem.NO_ANSWER, e.problem());
            assertEquals("no answer from " + server.address() + " within 1 s", e.getMessage());
        }
    }

    @Test
    void aConnectionClosedMeanwhileIsReplacedWithOneQuietLine() throws Exception {
        List<String> notices = new ArrayList<>();
        try (FakeServer server = new FakeServer();
                Session session = server.session(Duration.ofSeconds(5), notices)) {
            server.values.put("k", new JsonObject());
            Connection first = session.connection();
            server.dropConnections();
            while (!first.isGone()) {
                Thread.onSpinWait();
            }
            new Values(session).delete(KEY); // not to be repeated: the loss is seen before it is sent
            assertEquals(List.of("reconnected to " + server.address()), notices);
            assertEquals(1, server.count("DELETE"));
        }
    }

    @Test
    void aQuestionWhoseAnswerWasLostIsAskedAgain() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", new byte[10]);
            AtomicInteger answers = new AtomicInteger();
            server.misbehaving(
                    (request, usual) -> is(request, "GET") && answers.getAndIncrement() == 0 ? Reply.CLOSE : usual);
            assertEquals(10, new RemoteFiles(session).describe(KEY).size());
            assertEquals(2, server.count("GET"));
        }
    }

    @Test
    void aConnectionThatWasGivenUpHereIsReplacedWithoutAWord() throws Exception {
        List<String> notices = new ArrayList<>();
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session(Duration.ofSeconds(10), notices)) {
            server.files.put("k", new byte[3 << 20]);
            Downloader downloader = new Downloader(session, TransferOptions.DEFAULT);
            WritableByteChannel full = new FullChannel();
            assertThrows(ClientException.class, () -> downloader.write(KEY, full, Meter.NONE));
            assertEquals(3 << 20, new RemoteFiles(session).describe(KEY).size());
            assertEquals(2, server.count("LOGIN"));
            assertEquals(List.of(), notices);
        }
    }

    /** A disk that is full. */
    private static final class FullChannel implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("full");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aDeletionWhoseAnswerWasLostIsNotRepeated() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", new byte[10]);
            server.misbehaving((request, usual) -> is(request, "DELETE") ? Reply.CLOSE : usual);
            ClientException e = assertThrows(ClientException.class, () -> new RemoteFiles(session).delete(KEY));
            assertEquals(Problem.CANNOT_CONNECT, e.problem());
            assertEquals(1, server.count("DELETE"));
        }
    }

    @Test
    void aMoveWhoseAnswerWasLostIsNotRepeated() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "MOVE") ? Reply.CLOSE : usual);
            ClientException e =
                    assertThrows(ClientException.class, () -> new RemoteFiles(session).move(KEY, new Key("l"), false));
            assertEquals(Problem.CANNOT_CONNECT, e.problem());
            assertEquals(1, server.count("MOVE"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerThatIsBusyIsAskedForTheLoginAgain(int status) throws Exception {
        AtomicInteger logins = new AtomicInteger();
        List<String> notices = new ArrayList<>();
        try (FakeServer server = new FakeServer()
                .misbehaving((request, usual) ->
                        logins.getAndIncrement() < 2 ? Reply.to(request, status, "Not now.") : usual)) {
            server.session(Duration.ofSeconds(10), notices).close();
            assertEquals(List.of("login of alice at " + server.address() + " refused: Not now. Waiting."), notices);
            assertEquals(3, server.count("LOGIN"));
        }
    }

    @Test
    void aServerThatStaysBusyIsAsGoodAsNotThere() throws Exception {
        try (FakeServer server = new FakeServer()
                .misbehaving((request, usual) -> Reply.to(request, 429, "Too many. Please try again in 20 s."))) {
            ClientException e = assertThrows(
                    ClientException.class, () -> server.session(Duration.ofMillis(300), new ArrayList<>()));
            assertEquals(Problem.CANNOT_CONNECT, e.problem());
            assertTrue(e.getMessage().endsWith("try again in 20 s."), e.getMessage());
        }
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() throws Exception {
        try (FakeServer server = new FakeServer().misbehaving((request, usual) -> Reply.to(request, 401, "Wrong."))) {
            ClientException e = assertThrows(ClientException.class, server::session);
            assertEquals(Problem.LOGIN_REFUSED, e.problem());
            assertEquals(1, server.count("LOGIN"));
        }
    }

    @Test
    void aTokenThatExpiredIsReplaced() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.files.put("k", new byte[10]);
            AtomicInteger answers = new AtomicInteger();
            server.misbehaving((request, usual) ->
                    is(request, "GET") && answers.getAndIncrement() == 0 ? Reply.to(request, 403, "expired") : usual);
            assertEquals(10, new RemoteFiles(session).describe(KEY).size());
            assertEquals(2, server.count("LOGIN"));
        }
    }

    @Test
    void anErrorUnderAnotherOperationsNameIsStillThatError() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "DELETE") ? usual.with("operation", "GET") : usual);
            ClientException e = assertThrows(ClientException.class, () -> new RemoteFiles(session).delete(KEY));
            assertEquals(Problem.NOT_FOUND, e.problem());
            assertEquals("key k is not on the server", e.getMessage());
        }
    }

    @Test
    void anAnswerWithoutAStatusIsAgainstTheProtocol() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> new Reply(new JsonObject(), new byte[0], false));
            ClientException e = assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
            assertEquals(Problem.BAD_ANSWER, e.problem());
        }
    }

    @Test
    void aLengthCountedInCharactersIsUnderstood() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            JsonObject value = new JsonObject();
            value.addProperty("name", "Grüße aus 東京");
            server.values.put("k", value);
            assertEquals(value, new Values(session).get(KEY));
        }
    }

    @Test
    void cancellingWhileItConnectsAgainIsNotOverheard() throws Exception {
        try (FakeServer server = new FakeServer()) {
            AtomicReference<Session> cancelled = new AtomicReference<>();
            AccountSource source = () -> {
                if (cancelled.get() != null) { // the first thing that is asked for when it connects again
                    cancelled.get().cancel();
                }
                return new Account(server.address(), "alice", "alice");
            };
            try (Session session = Session.open(source, Dialer.DEFAULT, notice -> {})) {
                cancelled.set(session);
                session.drop();
                ClientException e = assertThrows(ClientException.class, session::connection);
                assertEquals(Problem.CANCELLED, e.problem());
            }
        }
    }

    @Test
    void cancellingEndsTheWaitAtOnce() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                session.cancel();
                return Reply.HANG;
            });
            ClientException e = assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
            assertEquals(Problem.CANCELLED, e.problem());

            server.misbehaving((request, usual) -> usual);
            session.resume();
            assertThrows(ClientException.class, () -> new RemoteFiles(session).describe(KEY));
        }
    }

    @Test
    void anOldServerIsNeverAskedToListOrToKeepASlash() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            RemoteFiles remote = new RemoteFiles(session);
            assertEquals(
                    Problem.UNSUPPORTED,
                    assertThrows(ClientException.class, () -> remote.describe(new Key("a/b")))
                            .problem());
            assertEquals(
                    Problem.UNSUPPORTED,
                    assertThrows(ClientException.class, () -> remote.list("", true, true, java.util.Optional.empty()))
                            .problem());
            assertEquals(List.of("LOGIN"), server.operations());
        }
    }

    static boolean is(JsonObject request, String operation) {
        return request.get("operation").getAsString().equals(operation);
    }
}
