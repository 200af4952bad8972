package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code step-server status} and {@code step-server kick}, against a real server. */
@Timeout(120)
final class ControlIT {
    @TempDir
    Path folder;

    private Path socket;

    @BeforeEach
    void nameSocket() {
        socket = folder.resolve("control");
    }

    /** What a command has said, and its exit status. */
    private record Result(int status, String out, String errors) {}

    @Test
    void statusShowsConnectionsTransfersAndUploads() throws Exception {
        try (ServerProcess server = start()) {
            InetSocketAddress address = server.awaitReady();
            try (RawClient client = RawClient.connect(address);
                    RawClient other = RawClient.connect(address)) {
                other.login("bob");
                client.login("alice");
                client.put("whole", Content.of(20_480, 1));
                expect(200, client.ask("FILE SAVE", "{'key':'half done','size':40960}"));
                expect(200, client.putBlock("half done", Content.of(40_960, 1), 0, 20_480));
                JsonObject status = status();
                assertTrue(status.get("ready").getAsBoolean());
                assertEquals(server.pid(), status.get("pid").getAsLong());
                assertEquals(
                        "127.0.0.1:" + address.getPort(), status.get("listen").getAsString());
                JsonObject first = status.getAsJsonArray("connections").get(0).getAsJsonObject();
                assertEquals("alice", first.get("user").getAsString());
                assertEquals("127.0.0.1", first.get("address").getAsString());
                assertFalse(first.get("tls").getAsBoolean());
                assertTrue(first.get("received_bytes").getAsLong() > 40_960, first::toString);
                JsonObject transfer = first.getAsJsonObject("transfer");
                assertEquals("UPLOAD", transfer.get("operation").getAsString());
                assertEquals("half done", transfer.get("key").getAsString());
                JsonObject upload = status.getAsJsonArray("uploads").get(0).getAsJsonObject();
                assertEquals("half done", upload.get("key").getAsString());
                assertEquals(20_480, upload.get("missing_bytes").getAsLong());

                String table = run("status").out();
                assertTrue(table.contains("Connections: 2") && table.contains("Uploads in progress: 1"), table);
                assertTrue(table.contains("upload \"half done\" "), table);
            }
        }
    }

    @Test
    void kickClosesTheConnectionsOfAUserAndNoOthers() throws Exception {
        try (ServerProcess server = start()) {
            InetSocketAddress address = server.awaitReady();
            try (RawClient alice = RawClient.connect(address);
                    RawClient bob = RawClient.connect(address)) {
                alice.login("alice");
                bob.login("bob");
                assertEquals(new Result(0, "1 connection closed\n", ""), run("kick", "alice"));
                assertTrue(alice.isClosedByServer());
                expect(404, bob.ask("FILE GET", "{'key':'k'}"));
                assertEquals(1, run("kick", "alice").status(), "she is gone");
                long id = status().getAsJsonArray("connections")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsLong();
                assertEquals(0, run("kick", String.valueOf(id)).status());
                assertTrue(bob.isClosedByServer());
            }
            try (RawClient next = RawClient.connect(address)) {
                next.login("alice");
                assertEquals(0, run("kick", "127.0.0.1").status());
                assertTrue(next.isClosedByServer());
            }
            assertTrue(server.awaitLine("connections of \"127.0.0.1\"").contains("1 connections of \"alice\""));
        }
    }

    @Test
    void socketIsForTheServersUserAndGroupAndGoesWithIt() throws Exception {
        try (ServerProcess server = start()) {
            server.awaitReady();
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            server.terminate();
            server.assertStopsWell();
            assertFalse(Files.exists(socket));
        }
    }

    @Test
    void leftoverOfAKilledServerIsReplacedAndARunningServersIsNot() throws Exception {
        try (ServerProcess server = start()) {
            server.awaitReady();
            server.kill();
        }
        assertTrue(Files.exists(socket));
        try (ServerProcess server = start()) {
            server.awaitReady();
            ServerProcess.Refusal refusal = ServerProcess.refused(List.of(
                    "run",
                    "--listen=127.0.0.1:0",
                    "--auth=open",
                    "--store=" + folder.resolve("other"),
                    "--control-socket=" + socket));
            assertEquals(1, refusal.status());
            assertTrue(refusal.lines().toString().contains("is another server's"), refusal::toString);
            assertTrue(status().get("ready").getAsBoolean());
        }
    }

    @Test
    void whoeverCannotReachAServerIsToldWhyInALine() throws Exception {
        assertEquals(
                new Result(1, "", "step-server: no server is running with the socket " + socket + "\n"), run("status"));
        try (ServerProcess server = start()) {
            server.awaitReady();
            server.kill();
        }
        Result refused = run("kick", "alice");
        assertEquals(1, refused.status());
        assertTrue(refused.errors().startsWith("step-server: no server answers at " + socket), refused::toString);
        Path config = Files.writeString(folder.resolve("empty.conf"), "");
        Result unknown = execute("status", "--config", config.toString());
        assertEquals(1, unknown.status());
        assertTrue(
                unknown.errors().startsWith("step-server: no socket of a running server is known"), unknown::toString);
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.with(folder.resolve("store"), "--control-socket", socket.toString());
    }

    private JsonObject status() {
        return JsonParser.parseString(run("status", "--json").out()).getAsJsonObject();
    }

    private Result run(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--control-socket";
        all[all.length - 1] = socket.toString();
        return execute(all);
    }

    private static Result execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int status = ServerMain.commandLine(new ServerMain(), ConfigFile.NONE)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        return new Result(status, out.toString(), errors.toString());
    }
}
