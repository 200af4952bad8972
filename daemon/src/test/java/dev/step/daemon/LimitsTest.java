package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.daemon.auth.Authenticator;
import dev.step.daemon.auth.Caller;
import dev.step.daemon.auth.ShownToken;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Login;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each client may have, and how long it may take. */
@Timeout(300)
final class LimitsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** Enough on a busy machine. */
    private static final Duration TO_LOG_IN = Duration.ofSeconds(2);

    private static final int PLENTY = 1_000;

    @TempDir
    Path folder;

    @Test
    void whatDoesNotFitTheQuotaIsRefusedWithWhatIsLeftAndShown() throws IOException {
        Quota ten = new Quota(OptionalLong.of(10), OptionalLong.of(3), OptionalLong.of(8));
        DiskStore store = DiskStore.open(new RealDisk(), folder);
        store.limit(user -> user.text().equals("free") ? Quota.NONE : ten);
        try (RunningServer server = RunningServer.on(store);
                RawClient client = server.loginWithFeatures("user");
                RawClient old = server.login("user");
                RawClient free = server.loginWithFeatures("free")) {
            expect(200, client.put("a", new byte[4]));
            expect(200, client.ask("FILE SAVE", "{'key':'b','size':3}"));
            JsonObject refused = expect(413, client.ask("FILE SAVE", "{'key':'c','size':4}"));
            assertEquals(3, refused.get("available").getAsInt());
            expect(410, old.ask("FILE SAVE", "{'key':'c','size':4}"));
            assertEquals(
                    Map.of(
                            "used_bytes",
                            4,
                            "files",
                            1,
                            "pending_bytes",
                            3,
                            "quota_bytes",
                            10,
                            "quota_files",
                            3,
                            "max_file_bytes",
                            8),
                    numbers(
                            client.ask("AUTH STATUS", "{}"),
                            "used_bytes",
                            "files",
                            "pending_bytes",
                            "quota_bytes",
                            "quota_files",
                            "max_file_bytes"));
            expect(200, free.put("a", new byte[100]));
            assertFalse(free.ask("AUTH STATUS", "{}").has("quota_bytes"));
        }
    }

    private static Map<String, Integer> numbers(JsonObject answer, String... names) {
        return Arrays.stream(names)
                .collect(Collectors.toMap(n -> n, n -> answer.get(n).getAsInt()));
    }

    @Test
    void connectionsBeyondTheServersLimitAreToldAndClosed() throws IOException {
        try (RunningServer server = start(new ServerLimits(3, PLENTY, PLENTY, LONG, LONG))) {
            fillAndOverfill(server, 3);
        }
    }

    @Test
    void connectionsBeyondAnAddressesLimitAreToldAndClosedAndNeighboursAreNot() throws IOException {
        try (RunningServer server = start(new ServerLimits(PLENTY, 3, PLENTY, LONG, LONG));
                RawClient neighbour = RawClient.connectFrom(InetAddress.getByName("127.0.0.2"), server.address())) {
            fillAndOverfill(server, 3);
            neighbour.login("neighbour");
        }
    }

    private static void fillAndOverfill(RunningServer server, int limit) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < limit; i++) {
                clients.add(server.login("user " + i));
            }
            try (RawClient refused = server.connect()) {
                JsonObject answer = expect(410, refused.answer());
                assertTrue(answer.get("status_msg").getAsString().contains("limit"), answer.toString());
                assertTrue(refused.isClosedByServer());
            }
            expect(200, clients.get(0).ask("AUTH BYE", "{}"));
            assertTrue(clients.get(0).isClosedByServer());
            loginWhenThereIsAPlace(server);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    /** The server may take a moment to notice that a place was left. */
    private static void loginWhenThereIsAPlace(RunningServer server) throws IOException {
        while (true) {
            try (RawClient client = server.connect()) {
                if (client.ask(RawClient.loginFields("late")).get("status").getAsInt() == 200) {
                    return;
                }
            } catch (SocketException e) {
                // refused, and reset by what we had sent
            }
        }
    }

    @Test
    void connectionsBeyondAUsersLimitAreRefusedAndThoseOfOthersAreNot() throws IOException {
        try (RunningServer server = start(new ServerLimits(PLENTY, PLENTY, 2, LONG, LONG));
                RawClient one = server.login("user");
                RawClient two = server.loginWithFeatures("user");
                RawClient three = server.connect();
                RawClient four = server.connect();
                RawClient other = server.login("other")) {
            three.useToken(two.token());
            expect(429, three.ask("FILE GET", "{'key':'k'}", new byte[100]));
            assertTrue(three.isClosedByServer());
            JsonObject login = RawClient.loginFields("user");
            login.add("features", new JsonArray());
            expect(429, four.ask(login));
            assertTrue(four.isClosedByServer());
            expect(404, one.ask("FILE GET", "{'key':'k'}"));
            expect(404, other.ask("FILE GET", "{'key':'k'}"));
            other.useToken(two.token());
            expect(429, other.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void whoDoesNotLogInHasToGoAndWhoDidMayBeSilent() throws IOException {
        try (RunningServer server = start(new ServerLimits(PLENTY, PLENTY, PLENTY, TO_LOG_IN, LONG));
                RawClient loggedIn = server.login("user");
                RawClient silent = server.connect();
                RawClient talker = server.connect();
                RawClient slow = server.connect()) {
            slow.sendRaw(new byte[] {0, 0});
            expect(401, talker.ask(RawClient.loginFields("user", "wrong")));
            assertTrue(silent.isClosedByServer());
            assertTrue(talker.isClosedByServer());
            assertTrue(slow.isClosedByServer());
            expect(404, loggedIn.ask("FILE GET", "{'key':'k'}"));
        }
    }

    /** The silent one came later: when it has to go, the other one's time is over, too. */
    @Test
    void whoIsJustBeingLoggedInMayStay() throws Exception {
        SlowLogin slowLogin = new SlowLogin();
        ServerLimits limits = new ServerLimits(PLENTY, PLENTY, PLENTY, TO_LOG_IN, LONG);
        try (RunningServer server = RunningServer.on(
                        folder.resolve("store"),
                        new InetSocketAddress("127.0.0.1", 0),
                        slowLogin,
                        new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, limits));
                RawClient late = server.connect()) {
            late.sendRaw(RawClient.frame(RawClient.loginFields("user").toString()));
            slowLogin.begun.await();
            try (RawClient silent = server.connect()) {
                assertTrue(silent.isClosedByServer());
            }
            slowLogin.mayEnd.countDown();
            late.useToken(expect(200, late.answer()).get("token").getAsString());
            expect(404, late.ask("FILE GET", "{'key':'k'}"));
        }
    }

    /** Open login that takes its time. */
    private static final class SlowLogin implements Authenticator {
        private final Authenticator open = RunningServer.openLogin();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public String login(Login login, InetAddress from) throws RefusedException {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return open.login(login, from);
        }

        @Override
        public Caller caller(String token, ShownToken last) throws RefusedException {
            return open.caller(token, last);
        }
    }

    @Test
    void messageThatIsBegunHasToEnd() throws IOException {
        try (RunningServer server = start(new ServerLimits(PLENTY, PLENTY, PLENTY, LONG, SHORT));
                RawClient inLengths = server.login("user");
                RawClient inText = server.login("user");
                RawClient inBlock = server.login("user");
                RawClient inWaste = server.login("user");
                RawClient silent = server.login("user")) {
            inLengths.sendRaw(new byte[3]);
            inText.sendRaw(RawClient.frame(100, new byte[50]));
            expect(200, inBlock.ask("FILE SAVE", "{'key':'k','size':2000}"));
            String upload = "{\"type\":\"FILE\",\"operation\":\"UPLOAD\",\"direction\":\"REQUEST\",\"key\":\"k\","
                    + "\"block_index\":0,\"token\":\"" + inBlock.token() + "\"}";
            inBlock.sendRaw(promising(upload, 2000));
            inWaste.sendRaw(promising("{}", 3000));
            for (RawClient slow : List.of(inLengths, inText, inBlock, inWaste)) {
                assertTrue(slow.isClosedByServer());
            }
            expect(200, silent.ask("FILE SAVE", "{'key':'other','size':20}"));
        }
    }

    /** A message of which the last byte is missing. */
    private static byte[] promising(String json, int binary) {
        byte[] whole = RawClient.frame(json, new byte[binary]);
        return Arrays.copyOf(whole, whole.length - 1);
    }

    /** Each answer of 20 KiB may take the short time and 5 s: the server gives up long before the test does. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it would wait for ever
    void whoDoesNotTakeAnswersHasToGo() throws IOException {
        try (RunningServer server = start(new ServerLimits(PLENTY, PLENTY, PLENTY, LONG, SHORT));
                RawClient deaf = server.login("user")) {
            expect(200, deaf.put("k", Content.of(20_480, 3)));
            assertThrows(IOException.class, () -> {
                while (true) {
                    deaf.send("FILE DOWNLOAD", "{'key':'k','block_index':0}");
                }
            });
        }
    }

    private RunningServer start(ServerLimits limits) throws IOException {
        return RunningServer.on(
                folder.resolve("store"),
                new InetSocketAddress("127.0.0.1", 0),
                new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, limits));
    }
}
