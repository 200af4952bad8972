package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a real disk that fills up, asked whether it is ready. */
@Timeout(120)
final class ReadinessIT {
    @TempDir
    Path folder;

    @Test
    void notReadyWhileTheDiskIsFullAndReadyAgainWhenThereIsRoom() throws Exception {
        try (MountedDisk disk = MountedDisk.tmpfs(folder.resolve("disk"), "4m");
                ServerProcess server = start(disk, "0")) {
            MetricsPage page = MetricsPage.of(server);
            assertReady(page);
            Path filler = disk.folder().resolve("filler");
            fill(filler, Integer.MAX_VALUE);
            assertNotReady("not ready: the store cannot be written: No space left on device\n", page);
            Files.delete(filler);
            assertReady(page);
        }
    }

    @Test
    void notReadyBelowTheFloorThoughThereIsSomeRoomLeft() throws Exception {
        try (MountedDisk disk = MountedDisk.tmpfs(folder.resolve("disk"), "4m");
                ServerProcess server = start(disk, "2")) {
            MetricsPage page = MetricsPage.of(server);
            assertReady(page);
            Path filler = disk.folder().resolve("filler");
            fill(filler, 3 << 20);
            assertNotReady(
                    "not ready: the disk is nearly full: 0 MiB are free, and 2 MiB have to stay free (min-free)\n",
                    page);
            Files.delete(filler);
            assertReady(page);
        }
    }

    private static ServerProcess start(MountedDisk disk, String minFree) throws IOException {
        return ServerProcess.with(disk.folder().resolve("store"), "--min-free", minFree, "--metrics", "127.0.0.1:0");
    }

    private static void assertReady(MetricsPage page) throws IOException, InterruptedException {
        HttpResponse<String> answer = page.get("/readyz");
        assertEquals("ready\n", answer.body());
        assertEquals(200, answer.statusCode());
        assertEquals(1.0, page.values().get("step_ready"));
    }

    private static void assertNotReady(String words, MetricsPage page) throws IOException, InterruptedException {
        HttpResponse<String> answer = page.get("/readyz");
        assertEquals(words, answer.body());
        assertEquals(503, answer.statusCode());
        assertEquals(0.0, page.values().get("step_ready"));
        assertEquals(200, page.get("/healthz").statusCode(), "a restart would not help");
    }

    private static void fill(Path file, int mostBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] bytes = new byte[4096];
            for (int written = 0; written < mostBytes; written += bytes.length) {
                out.write(bytes);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.toString());
        }
    }
}
