package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real server writes down about who changes what, in each form and place. */
@Timeout(120)
final class AuditLogIT {
    private static final String TIMED = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ";

    @TempDir
    Path folder;

    @Test
    void everyChangeIsALineAndNothingElseIs() throws Exception {
        Path audit = folder.resolve("audit.log");
        try (ServerProcess server = ServerProcess.with(folder.resolve("store"), "--audit-log", audit.toString())) {
            try (RawClient client = RawClient.connect(server.awaitReady())) {
                expect(401, client.ask(RawClient.loginFields("mallory", "guess")));
                client.loginWithFeatures("alice");
                client.put("a file", Content.of(30_000, 1));
                expect(402, client.ask("FILE SAVE", "{'key':'a file','size':7}"));
                expect(200, client.ask("FILE COPY", "{'key':'a file','to':'b=c'}"));
                expect(200, client.ask("FILE GET", "{'key':'a file'}"));
                expect(200, client.ask("DATA SAVE", "{'key':'trip','days':7}"));
                expect(200, client.ask("DATA GET", "{'key':'trip'}"));
                expect(200, client.ask("FILE DELETE", "{'key':'a file'}"));
                expect(404, client.ask("FILE DELETE", "{'key':'none'}"));
                String digest = Content.md5(new byte[] {1});
                String whole = "{'key':'small','whole':true,'expected_md5':'" + digest + "'}";
                expect(200, client.ask("FILE UPLOAD", whole, (byte) 1));
                expect(402, client.ask("FILE UPLOAD", whole, (byte) 1));
                expect(404, client.ask("FILE GET", "{'key':'none'}")); // so that all before it is written
            }
            List<String> lines = Files.readAllLines(audit);
            List<String> expected = List.of(
                    "auth_login status=401 user=mallory from=127.0.0.1",
                    "auth_login status=200 user=alice from=127.0.0.1",
                    "file_upload status=200 user=alice from=127.0.0.1 key=\"a file\" bytes=30000",
                    "file_save status=402 user=alice from=127.0.0.1 key=\"a file\" bytes=7",
                    "file_copy status=200 user=alice from=127.0.0.1 key=\"a file\" to=\"b=c\"",
                    "data_save status=200 user=alice from=127.0.0.1 key=trip",
                    "file_delete status=200 user=alice from=127.0.0.1 key=\"a file\"",
                    "file_delete status=404 user=alice from=127.0.0.1 key=none",
                    "file_upload status=200 user=alice from=127.0.0.1 key=small bytes=1",
                    "file_upload status=402 user=alice from=127.0.0.1 key=small");
            assertEquals(expected.size(), lines.size(), lines::toString);
            for (int i = 0; i < expected.size(); i++) {
                String line = lines.get(i);
                assertTrue(line.matches(TIMED + "\\Q" + expected.get(i) + "\\E millis=\\d+"), line);
            }
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(audit)));
        }
    }

    @Test
    void logHasTheLinesWhenTheyAreNotKeptApartAndNobodyForgesOne() throws Exception {
        try (ServerProcess server = ServerProcess.on(folder.resolve("store"));
                RawClient client = RawClient.connect(server.awaitReady())) {
            expect(200, client.ask(RawClient.loginFields("eve\u202e\" status=200 user=root")));
            String line = server.awaitLine("auth_login");
            assertTrue(
                    line.contains(
                            "INFO  audit - auth_login status=200 user=\"eve\\u{202e}\\\" status=200 user=root\" from="),
                    line);
        }
    }

    @Test
    void jsonIsOneObjectALineInAsciiWithTheSameFacts() throws Exception {
        Path audit = folder.resolve("audit.log");
        try (ServerProcess server =
                ServerProcess.with(folder.resolve("store"), "--log-format", "json", "--audit-log", audit.toString())) {
            String line = server.awaitLine("Server is ready")
                    .lines()
                    .reduce((first, last) -> last)
                    .orElseThrow();
            JsonObject ready = JsonParser.parseString(line).getAsJsonObject();
            assertEquals("INFO", ready.get("level").getAsString());
            String said = ready.get("formattedMessage").getAsString();
            int port = Integer.parseInt(said.substring(said.lastIndexOf(':') + 1));
            try (RawClient client = RawClient.connect(new InetSocketAddress("127.0.0.1", port))) {
                client.login("文件");
                client.put("\\u202e\\u2028key", Content.of(5, 1));
                expect(404, client.ask("FILE GET", "{'key':'none'}"));
            }
            List<String> lines = Files.readAllLines(audit);
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(lines.stream().allMatch(entry -> entry.matches("[ -~]+")), lines::toString);
            JsonObject upload = JsonParser.parseString(lines.get(1)).getAsJsonObject();
            assertEquals("file_upload", upload.get("formattedMessage").getAsString());
            assertEquals("文件", field("user", upload));
            assertEquals("\u202e\u2028key", field("key", upload));
            assertEquals("5", field("bytes", upload));
        }
    }

    private static String field(String name, JsonObject line) {
        for (JsonElement pair : line.getAsJsonArray("kvpList")) {
            if (pair.getAsJsonObject().has(name)) {
                return pair.getAsJsonObject().get(name).getAsString();
            }
        }
        throw new AssertionError("no " + name + " in " + line);
    }

    @Test
    void reloadChangesTheLevelAndOpensTheAuditLogAgain() throws Exception {
        Path config = folder.resolve("step-server.conf");
        Path audit = folder.resolve("audit.log");
        Files.write(config, List.of("audit-log = " + audit));
        try (ServerProcess server = ServerProcess.with(folder.resolve("store"), "--config", config.toString())) {
            InetSocketAddress address = server.awaitReady();
            RawClient client = RawClient.connect(address);
            client.login("alice");
            Files.move(audit, folder.resolve("audit.log.1"));
            Files.write(config, List.of("audit-log = " + audit, "log-level = debug", "max-connections = 1"));
            server.reload();
            assertTrue(server.awaitLine("Reloaded").contains("log-level is debug from now on"));
            expect(200, client.ask("DATA SAVE", "{'key':'trip','days':7}"));
            expect(404, client.ask("FILE GET", "{'key':'none'}"));
            assertTrue(Files.readString(folder.resolve("audit.log.1")).contains("auth_login"));
            String reopened = Files.readString(audit);
            assertTrue(reopened.contains("data_save") && !reopened.contains("auth_login"), reopened);
            RawClient.connect(address).close(); // one too many
            assertTrue(server.awaitLine("DEBUG Acceptor").contains("connections, which is the limit"));
            client.close();
        }
    }

    @Test
    void auditLogThatCannotBeWrittenKeepsTheServerFromStarting() throws IOException, InterruptedException {
        ServerProcess.Refusal refusal = ServerProcess.refused(
                List.of("run", "--auth=open", "--store=" + folder.resolve("store"), "--audit-log=" + folder));
        assertEquals(1, refusal.status());
        assertTrue(refusal.lines().get(0).contains("The audit log cannot be written"), refusal::toString);
    }
}
