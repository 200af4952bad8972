package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.tls.SelfSigned;
import dev.step.daemon.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server, told to read its configuration again while clients are connected. */
@Timeout(120)
final class ReloadIT {
    @TempDir
    Path folder;

    private Path config;
    private Path store;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = folder.resolve("step-server.conf");
        store = Files.createDirectory(folder.resolve("store"));
        configure();
    }

    @Test
    void newLimitCountsForNewConnectionsAndThoseThatAreThereStay() throws Exception {
        try (ServerProcess server = start()) {
            InetSocketAddress address = server.awaitReady();
            try (RawClient first = RawClient.connect(address)) {
                first.login("user");
                configure("max-connections = 1");
                server.reload();
                assertTrue(server.awaitLine("Reloaded").contains("max-connections is 1 from now on"));
                try (RawClient second = RawClient.connect(address)) {
                    assertEquals(410, second.answer().get("status").getAsInt());
                }
                expect(404, first.ask("FILE GET", "{'key':'k'}"));
            }
        }
    }

    @Test
    void newQuotaCountsForTheNextUpload() throws Exception {
        try (ServerProcess server = start();
                RawClient client = RawClient.connect(server.awaitReady())) {
            client.loginWithFeatures("user");
            expect(200, client.put("before", new byte[5]));
            configure("quota = 6");
            server.reload();
            assertTrue(server.awaitLine("Reloaded").contains("quota is 6 from now on"));
            assertEquals(
                    1,
                    expect(413, client.ask("FILE SAVE", "{'key':'k','size':2}"))
                            .get("available")
                            .getAsInt());
            expect(200, client.put("k", new byte[1]));
        }
    }

    @Test
    void whatCannotChangeWhileRunningIsSaid() throws Exception {
        try (ServerProcess server = start()) {
            server.awaitReady();
            configure("durability = block", "min-free = 1");
            server.reload();
            String said = server.awaitLine("Reloaded");
            assertTrue(said.contains("durability will be block only after a restart"), said);
            assertTrue(said.contains("min-free will be 1 only after a restart"), said);
        }
    }

    @Test
    void mistakesAreSaidAndNothingChanges() throws Exception {
        try (ServerProcess server = start()) {
            InetSocketAddress address = server.awaitReady();
            configure("max-connections = 1", "auht = open");
            server.reload();
            String said = server.awaitLine("Nothing was reloaded");
            assertTrue(said.contains(config + ":2: there is no setting auht; did you mean auth?"), said);
            try (RawClient first = RawClient.connect(address);
                    RawClient second = RawClient.connect(address)) {
                first.login("user");
                second.login("user");
            }
        }
    }

    @Test
    void serverWithMistakesDoesNotEvenStart() throws Exception {
        configure("lisen = 127.0.0.1:0", "auth = none");
        ServerProcess.Refusal refusal =
                ServerProcess.refused(List.of("run", "--config", config.toString(), "--store", store.toString()));
        assertEquals(1, refusal.status());
        assertEquals(2, refusal.lines().size(), refusal::toString);
        assertTrue(refusal.lines().get(0).startsWith("step-server: " + config + ":1: "), refusal::toString);
    }

    @Test
    void certificateThatHasAppearedOrChangedIsUsed() throws Exception {
        TlsFiles files = TlsFiles.ofStore(store);
        try (ServerProcess server = start()) {
            InetSocketAddress address = server.awaitReady();
            assertThrows(IOException.class, () -> RawClient.connectTls(address).close());
            SelfSigned.write(files, List.of("localhost"), Clock.systemUTC());
            server.reload();
            server.awaitLine("Reloaded");
            try (RawClient client = RawClient.connectTls(address)) {
                client.login("user");
                SelfSigned.write(files, List.of("localhost"), Clock.systemUTC());
                server.reload();
                server.awaitLine("Reloaded");
                expect(404, client.ask("FILE GET", "{'key':'k'}"));
                try (RawClient next = RawClient.connectTls(address)) {
                    assertNotEquals(client.certificate(), next.certificate());
                }
            }
        }
    }

    private void configure(String... lines) throws IOException {
        Files.write(config, List.of(lines));
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.with(store, "--config", config.toString());
    }
}
