package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.auth.Accounts;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code bin/step-server}: how it starts, how it stops, and how little memory it needs. */
@Timeout(240)
final class ServerProcessIT {
    private static final int OLD_BLOCK_BYTES = 20_480;
    private static final int LARGE_BLOCK_BYTES = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void readyLineNamesTheRealAddressAndSigtermEndsWell() throws Exception {
        try (ServerProcess server = ServerProcess.on(store())) {
            InetSocketAddress address = server.awaitReady();
            assertNotEquals(0, address.getPort());
            try (RawClient idle = RawClient.connect(address)) {
                idle.login("user");
                server.terminate();
                server.assertStopsWell();
                assertTrue(idle.isClosedByServer());
            }
        }
    }

    @Test
    void sigtermLetsARequestInFlightFinish() throws Exception {
        byte[] content = Content.of(OLD_BLOCK_BYTES, 1);
        try (ServerProcess server = ServerProcess.on(store())) {
            InetSocketAddress address = server.awaitReady();
            try (RawClient client = RawClient.connect(address)) {
                byte[] request = begunUpload(client, address, content);
                server.terminate();
                awaitRefusedConnection(address);
                client.sendRaw(Arrays.copyOfRange(request, request.length / 2, request.length));
                JsonObject answer = client.answer();
                assertEquals(Content.md5(content), answer.get("md5").getAsString());
                assertTrue(client.isClosedByServer());
            }
            server.assertStopsWell();
        }
        try (ServerProcess again = ServerProcess.on(store());
                RawClient client = RawClient.connect(again.awaitReady())) {
            client.login("user");
            client.ask("FILE DOWNLOAD", "{'key':'k','block_index':0}");
            assertEquals(Content.md5(content), Content.md5(client.binary()));
        }
    }

    @Test
    void clientThatStallsInsideARequestDoesNotHoldUpTheEnd() throws Exception {
        try (ServerProcess server = ServerProcess.on(store())) {
            InetSocketAddress address = server.awaitReady();
            try (RawClient client = RawClient.connect(address)) {
                begunUpload(client, address, Content.of(OLD_BLOCK_BYTES, 1));
                server.terminate();
                server.assertStopsWell();
            }
        }
    }

    /** Sends half of an UPLOAD, has the server read it, and returns the whole. */
    private static byte[] begunUpload(RawClient client, InetSocketAddress server, byte[] content) throws IOException {
        client.login("user");
        client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
        String fields = "{\"type\":\"FILE\",\"operation\":\"UPLOAD\",\"direction\":\"REQUEST\",\"key\":\"k\","
                + "\"block_index\":0,\"token\":\"" + client.token() + "\"}";
        byte[] request = RawClient.frame(fields, content);
        client.sendRaw(Arrays.copyOf(request, request.length / 2));
        SocketQueues.awaitRead(client.localPort(), server.getPort());
        return request;
    }

    /** Waits until the server has begun to stop. */
    private static void awaitRefusedConnection(InetSocketAddress address) {
        try {
            while (true) {
                RawClient.connect(address).close();
            }
        } catch (IOException refused) {
            return;
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:0,false", "0.0.0.0:0,true"})
    void openLoginIsWarnedAboutWhereOthersCanReachIt(String listen, boolean warned) throws Exception {
        try (ServerProcess server = ServerProcess.listeningOn(listen, store())) {
            List<String> said = new ArrayList<>();
            while (said.isEmpty() || !said.get(said.size() - 1).contains("Server is ready")) {
                said.add(server.nextLine());
            }
            assertEquals(
                    warned,
                    said.stream().anyMatch(line -> line.contains("WARN ") && line.contains("Open login")),
                    () -> said.toString());
        }
    }

    @Test
    void serverThatIsToldNothingLetsInWhoHasAnAccountOnly() throws Exception {
        try (ServerProcess server = ServerProcess.withDefaults(store());
                RawClient client = RawClient.connect(server.awaitReady())) {
            assertEquals(401, status(client.ask(RawClient.loginFields("alice"))));
            new Accounts(Accounts.ofStore(store())).add(new UserName("alice"), "secret");
            assertEquals(200, status(client.ask(RawClient.loginFields("alice", "secret"))));
            assertEquals(401, status(client.ask(RawClient.loginFields("alice"))));
        }
    }

    private static int status(JsonObject answer) {
        return answer.get("status").getAsInt();
    }

    @Test
    void secondServerOnTheSameStoreIsRefusedInOneLine() throws Exception {
        try (ServerProcess server = ServerProcess.on(store())) {
            server.awaitReady();
            ServerProcess.Refusal refusal = ServerProcess.refused(ServerProcess.optionsFor(store(), "127.0.0.1:0"));
            assertEquals(1, refusal.status());
            assertOneLine(
                    "The store " + store() + " is in use by another server; stop that one, or name another store",
                    refusal);
        }
    }

    @Test
    void portThatIsTakenIsRefusedInOneLine() throws Exception {
        try (ServerProcess server = ServerProcess.on(store())) {
            String taken = "127.0.0.1:" + server.awaitReady().getPort();
            ServerProcess.Refusal refusal =
                    ServerProcess.refused(ServerProcess.optionsFor(folder.resolve("other"), taken));
            assertEquals(1, refusal.status());
            assertOneLine(
                    "Cannot listen on " + taken + ": Address already in use; name another place with --listen",
                    refusal);
        }
    }

    private static void assertOneLine(String words, ServerProcess.Refusal refusal) {
        assertEquals(List.of("step-server: " + words), refusal.lines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --auth open",
                "run --store s --auth nobody",
                "run --store s --listen host:port",
                "run --store s --listen 127.0.0.1:65536",
                "run --store s --port 1379",
                "stop"
            })
    void badUsageEndsWithStatus2(String arguments) throws Exception {
        ServerProcess.Refusal refusal = ServerProcess.refused(List.of(arguments.split(" ")));
        assertEquals(2, refusal.status(), refusal::toString);
        assertTrue(refusal.lines().size() > 1, refusal::toString);
        assertTrue(refusal.lines().stream().noneMatch(line -> line.contains("Exception")), refusal::toString);
    }

    @Test
    void twoHundredClientsUploadAtOnceToASmallServer() throws Exception {
        int clients = 200;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (ServerProcess server = ServerProcess.on(store(), "-Xmx128m")) {
            InetSocketAddress address = server.awaitReady();
            CountDownLatch allHavePlans = new CountDownLatch(clients);
            List<Future<?>> uploads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String user = "user" + i;
                int blockBytes = i % 2 == 0 ? OLD_BLOCK_BYTES : LARGE_BLOCK_BYTES;
                uploads.add(threads.submit(() -> {
                    upload(address, user, blockBytes, allHavePlans);
                    return null;
                }));
            }
            for (Future<?> upload : uploads) {
                upload.get();
            }
            server.terminate();
            server.assertStopsWell();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void upload(InetSocketAddress address, String user, int blockBytes, CountDownLatch allHavePlans)
            throws IOException, InterruptedException {
        byte[] content = Content.of(2 * blockBytes + 1, user.hashCode());
        try (RawClient client = RawClient.connect(address)) {
            client.loginWithFeatures(user);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + ",'block_size':" + blockBytes + "}");
            allHavePlans.countDown();
            allHavePlans.await();
            client.putBlock("k", content, 0, blockBytes);
            client.putBlock("k", content, 1, blockBytes);
            JsonObject last = client.putBlock("k", content, 2, blockBytes);
            assertEquals(Content.md5(content), last.get("md5").getAsString(), user);
        }
    }

    private Path store() {
        return folder.resolve("store");
    }
}
