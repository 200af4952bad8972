package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.testing.Requires;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the real server tells Prometheus. */
@Timeout(120)
final class MetricsIT {
    private static final String MIXED_WORK = "work";

    @TempDir
    Path folder;

    /** Whoever renames a metric has to change this list, and dashboards, alerts and docs/ADMIN.md with it. */
    @Test
    void metricsHaveTheNamesTypesAndLabelsThatOthersRelyOn() throws Exception {
        List<String> agreed;
        try (var lines = MetricsIT.class.getResourceAsStream("metrics.txt")) {
            agreed = new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        try (ServerProcess server = start()) {
            assertEquals(agreed, MetricsPage.of(server).whenCounted().described("step_"));
        }
    }

    @Test
    void requestsConnectionsBytesUploadsAndSyncsAreCounted() throws Exception {
        try (ServerProcess server = start()) {
            MetricsPage page = MetricsPage.of(server);
            InetSocketAddress address = server.awaitReady();
            Map<String, Double> before = page.values();
            try (RawClient client = RawClient.connect(address)) {
                work(client);
                Map<String, Double> after = page.values();
                assertEquals(1, grown("step_requests_total{operation=\"auth_login\",status=\"200\"}", before, after));
                assertEquals(3, grown("step_requests_total{operation=\"file_save\",status=\"200\"}", before, after));
                assertEquals(1, grown("step_requests_total{operation=\"file_save\",status=\"402\"}", before, after));
                assertEquals(5, grown("step_requests_total{operation=\"file_upload\",status=\"200\"}", before, after));
                assertEquals(1, grown("step_requests_total{operation=\"other\",status=\"400\"}", before, after));
                assertEquals(5, grown("step_request_duration_seconds_count{operation=\"file_upload\"}", before, after));
                assertEquals(1, grown("step_login_failures_total", before, after));
                assertEquals(1, grown("step_connections", before, after));
                assertEquals(1, grown("step_connections_accepted_total", before, after));
                assertEquals(1, grown("step_uploads_in_progress", before, after));
                assertTrue(grown("step_received_bytes_total", before, after) > 5 * 20_480);
                assertTrue(grown("step_sent_bytes_total", before, after) > 0);
                assertTrue(grown("step_sync_duration_seconds_count{kind=\"content\"}", before, after) > 1);
                assertTrue(grown("step_sync_duration_seconds_count{kind=\"catalogue\"}", before, after) >= 1);
                assertTrue(after.get("step_disk_free_bytes") > 0);
                assertEquals(64 << 20, after.get("step_disk_floor_bytes"));
            }
        }
    }

    @Test
    void storeIsMeasuredWithTheFilesOfUsersWhoHaveNotBeenHereSinceTheStart() throws Exception {
        Path store = folder.resolve("store");
        try (ServerProcess server = ServerProcess.on(store);
                RawClient client = RawClient.connect(server.awaitReady())) {
            client.login("user");
            client.put("one", Content.of(30_000, 1));
            client.put("two", Content.of(5_000, 2));
        }
        try (ServerProcess server = start()) {
            Map<String, Double> values = MetricsPage.of(server).whenCounted().values();
            assertEquals(2, values.get("step_store_files"));
            assertEquals(35_000, values.get("step_store_bytes"));
        }
    }

    /** One file of four blocks, one of which only one block of two comes, and some refusals. */
    private static void work(RawClient client) throws IOException {
        expect(401, client.ask(RawClient.loginFields("user", "wrong")));
        client.login("user");
        client.put(MIXED_WORK, Content.of(4 * 20_480, 1));
        expect(200, client.ask("FILE SAVE", "{'key':'empty','size':0}"));
        expect(402, client.ask("FILE SAVE", "{'key':'" + MIXED_WORK + "','size':1}"));
        expect(200, client.ask("FILE SAVE", "{'key':'half','size':40960}"));
        expect(200, client.putBlock("half", Content.of(40_960, 1), 0, 20_480));
        expect(400, client.ask(RawClient.json("{'type':'FILE'}")));
        expect(404, client.ask("FILE GET", "{'key':'none'}")); // so that all before it is counted
    }

    private static double grown(String name, Map<String, Double> before, Map<String, Double> after) {
        assertTrue(after.containsKey(name), name);
        return after.get(name) - before.getOrDefault(name, 0.0);
    }

    @Test
    void prometheusOwnParserUnderstandsAllAndFindsNothingToMend() throws Exception {
        Path promtool = Requires.program("promtool", "prometheus");
        try (ServerProcess server = start()) {
            MetricsPage page = MetricsPage.of(server);
            try (RawClient client = RawClient.connect(server.awaitReady())) {
                work(client);
            }
            Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream input = check.getOutputStream()) {
                input.write(page.text().getBytes(StandardCharsets.UTF_8));
            }
            assertEquals("", new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, check.waitFor());
        }
    }

    @Test
    void healthIsSaidAndWhatThereIsNot() throws Exception {
        try (ServerProcess server = start()) {
            MetricsPage page = MetricsPage.of(server);
            assertEquals("alive\n", page.get("/healthz").body());
            assertEquals("ready\n", page.get("/readyz").body());
            assertEquals(1.0, page.values().get("step_ready"));
            assertEquals(404, page.get("/elsewhere").statusCode());
            assertEquals(404, page.get("/").statusCode());
        }
    }

    @Test
    void serverThatNobodyMayAskLoadsNothingOfIt() throws Exception {
        Path loaded = folder.resolve("loaded");
        try (ServerProcess server = ServerProcess.on(folder.resolve("store"), "-Xlog:class+load:file=" + loaded)) {
            server.awaitReady();
            server.terminate();
            server.assertStopsWell();
        }
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("dev.step.daemon.Watch "), "the list is one of the server's classes");
        assertFalse(classes.contains("io.prometheus."), "the metrics library is loaded");
        assertFalse(classes.contains("com.sun.net.httpserver."), "the HTTP server is loaded");
    }

    @Test
    void placeThatIsTakenIsSaidInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            ServerProcess.Refusal refusal = ServerProcess.refused(List.of(
                    "run",
                    "--listen=127.0.0.1:0",
                    "--auth=open",
                    "--store=" + folder.resolve("store"),
                    "--metrics=127.0.0.1:" + taken.getLocalPort()));
            assertEquals(1, refusal.status());
            assertTrue(refusal.lines().toString().contains("name another place with --metrics"), refusal::toString);
        }
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.with(folder.resolve("store"), "--metrics", "127.0.0.1:0");
    }
}
