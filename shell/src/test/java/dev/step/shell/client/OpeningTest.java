package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileStatus;
import dev.step.protocol.message.GetFile;
import dev.step.protocol.message.Response;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections besides the first, and how a line's time is not spent twice. */
@Timeout(60)
class OpeningTest {
    private static final Key KEY = new Key("none");
    private static final long LARGE = 64 << 20;

    @Test
    void aFurtherConnectionShowsTheTokenOfTheFirst() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            Opening opening = Opening.of(session);
            opening.await();
            assertEquals(List.of("LOGIN", "STATUS"), server.operations());
            assertEquals("token of alice", server.requests.get(1).get("token").getAsString());
            opening.session().exchange(new GetFile(KEY, OptionalInt.empty(), Optional.empty()));
            assertEquals(List.of("LOGIN", "STATUS", "GET"), server.operations());
            assertEquals(2, server.connectionCount.get());
            opening.giveUp();
        }
    }

    @Test
    void whereTheTokenIsGoodForItsOwnConnectionOnlyThePasswordIsShown() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "STATUS") ? Reply.to(request, 403, "not here") : usual);
            Opening opening = Opening.of(session);
            opening.await();
            assertEquals(List.of("LOGIN", "STATUS", "LOGIN"), server.operations());
            opening.session().exchange(new GetFile(KEY, OptionalInt.empty(), Optional.empty()));
            assertEquals(2, server.connectionCount.get());
        }
    }

    @Test
    void anOldServerIsShownThePassword() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            Opening.of(session).await();
            assertEquals(List.of("LOGIN", "LOGIN"), server.operations());
        }
    }

    @Test
    void aServerThatWantsNoMoreConnectionsIsNotAskedAgain() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "STATUS") ? Reply.to(request, 429, "too many") : usual);
            ClientException e = assertThrows(
                    ClientException.class, () -> Opening.of(session).await());
            assertEquals(Problem.TRY_AGAIN, e.problem());
            assertEquals(List.of("LOGIN", "STATUS"), server.operations());
        }
    }

    @Test
    void oneThatIsGivenUpWhileNobodyAnswersEnds() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> is(request, "STATUS") ? Reply.HANG : usual);
            Openings openings = new Openings(session);
            openings.begin(3);
            Opening taken = openings.take();
            openings.giveUp();
            taken.giveUp();
            ClientException e = assertThrows(ClientException.class, taken::await);
            assertEquals(Problem.CANCELLED, e.problem());
        }
    }

    @Test
    void thoseThatWereBegunAreTakenFirst() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            Openings openings = new Openings(session);
            openings.begin(1);
            openings.begin(2);
            for (int i = 0; i < 3; i++) {
                openings.take().await();
            }
            assertEquals(4, server.connectionCount.get());
        }
    }

    @Test
    void whatIsAskedTogetherIsSentTogether() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            assertEquals(List.of(200, 404), askTogether(session));
            assertTrue(server.sawPipelining);
        }
    }

    @Test
    void anOldServerIsAskedOneByOne() throws Exception {
        try (FakeServer server = new FakeServer();
                Session session = server.session()) {
            assertEquals(List.of(200, 404), askTogether(session));
            assertFalse(server.sawPipelining);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasAskedTogetherInVainIsAskedOneByOne(boolean closes) throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            server.misbehaving((request, usual) -> {
                if (!is(request, "GET") || server.count("LOGIN") > 1) {
                    return usual;
                }
                return closes ? Reply.CLOSE : Reply.to(request, 403, "expired");
            });
            assertEquals(List.of(200, 404), askTogether(session));
            assertEquals(2, server.count("LOGIN"));
        }
    }

    private static List<Integer> askTogether(Session session) throws ClientException {
        List<Integer> codes = new ArrayList<>();
        for (Response response : session.exchanges()
                .exchangePatiently(List.of(
                        new FileStatus(KEY, false, Optional.empty()),
                        new GetFile(KEY, OptionalInt.empty(), Optional.empty())))) {
            codes.add(response.code());
        }
        return codes;
    }

    @Test
    void overALongLineTheConnectionsOfALargeFileAreBegunAhead() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                LongLine line = new LongLine(socketOf(server));
                Session session = Session.open(
                        () -> new Account(line.address(), "alice", "alice"), Dialer.DEFAULT, notice -> {})) {
            session.lineDelay().connected(0); // as to a tunnel's near end
            assertEquals(0, begunAhead(session, LARGE, true), "one answer does not prove it");
            new Pace(session, TransferOptions.DEFAULT).growth(LARGE, true);
            assertTrue(server.count("STATUS") > 0, "not asked again");
            assertEquals(3, begunAhead(session, LARGE, true));
            assertEquals(0, begunAhead(session, 1 << 20, true), "small");
            assertEquals(0, begunAhead(session, LARGE, false), "could be mixed");
        }
    }

    @Test
    void overAShortLineNoneIsBegunAhead() throws Exception {
        try (FakeServer server = FakeServer.withExtensions();
                Session session = server.session()) {
            session.exchange(new GetFile(KEY, OptionalInt.empty(), Optional.empty()));
            assertEquals(0, begunAhead(session, LARGE, true));
        }
    }

    private static int begunAhead(Session session, long bytes, boolean isSafe) {
        Pace pace = new Pace(session, TransferOptions.DEFAULT);
        pace.openAhead(bytes, isSafe);
        try {
            return pace.openings().begun();
        } finally {
            pace.openings().giveUp();
        }
    }

    private static InetSocketAddress socketOf(FakeServer server) {
        return new InetSocketAddress(server.address().host(), server.address().port());
    }

    private static boolean is(JsonObject request, String operation) {
        return request.get("operation").getAsString().equals(operation);
    }
}
