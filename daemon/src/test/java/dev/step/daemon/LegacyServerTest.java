package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.LegacyImport;
import dev.step.testing.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes over the folder of a real server that does as the reference server does. */
@Timeout(120)
final class LegacyServerTest {
    private static final Path SERVER = Path.of(
                    System.getProperty("step.root", ".."), "../shared/conformance/old_server.py")
            .normalize();

    @TempDir
    Path folder;

    @Test
    void whatItKeptIsServedByOurs() throws Exception {
        Path python = Requires.program("python3", "python3");
        assumeTrue(Files.exists(SERVER), () -> "needs a server that does as the reference server does: " + SERVER);
        byte[] content = Content.of(50_000, 1);
        keepSomething(python, content);
        List<String> lines = new ArrayList<>();
        DiskStore store = DiskStore.open(new RealDisk(), folder.resolve("store"));
        assertTrue(LegacyImport.run(new RealDisk(), folder.resolve("old"), store, lines::add), lines::toString);
        assertEquals("unfinished uploads, which are not taken: 1", lines.get(0));
        try (RunningServer server = RunningServer.on(store);
                RawClient client = server.login("ann")) {
            JsonObject plan = expect(200, client.ask("FILE GET", "{'key':'report.pdf'}"));
            assertEquals(Content.md5(content), plan.get("md5").getAsString());
            JsonObject value = expect(200, client.ask("DATA GET", "{'key':'note'}"));
            assertEquals("hello", value.get("text").getAsString());
            assertFalse(value.has("token"));
            expect(404, client.ask("FILE GET", "{'key':'half'}"));
        }
    }

    private void keepSomething(Path python, byte[] content) throws IOException, InterruptedException {
        int port = freePort();
        Process process = new ProcessBuilder(
                        python.toString(),
                        SERVER.toString(),
                        "--port",
                        String.valueOf(port),
                        "--dir",
                        folder.resolve("old").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                RawClient client = connectWhenReady(said, port)) {
            client.login("ann");
            expect(200, client.put("report.pdf", content));
            expect(200, client.ask("DATA SAVE", "{'key':'note','text':'hello'}"));
            expect(200, client.ask("FILE SAVE", "{'key':'half','size':50000}"));
            expect(200, client.putBlock("half", content, 0, 20_480));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static RawClient connectWhenReady(BufferedReader said, int port) throws IOException {
        assertEquals("Server is ready!", said.readLine());
        return RawClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
