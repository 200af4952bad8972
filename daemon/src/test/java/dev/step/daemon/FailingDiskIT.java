package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.testing.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a disk that is full, or fails: only the request that meets it fails, and can be tried again. */
@Timeout(120)
final class FailingDiskIT {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 4;
    private static final byte[] CONTENT = Content.of(BLOCKS * BLOCK_BYTES, 1);

    @TempDir
    Path folder;

    @Test
    void fullDiskIs413UntilThereIsRoomAgain() throws Exception {
        try (MountedDisk disk = MountedDisk.tmpfs(folder.resolve("disk"), "4m");
                ServerProcess server = ServerProcess.with(disk.folder().resolve("store"), "--min-free", "0");
                RawClient client = loggedIn(server)) {
            JsonObject tooLarge = client.ask("FILE SAVE", "{'key':'large','size':" + (8 << 20) + "}");
            assertEquals(413, status(tooLarge), tooLarge.toString());
            assertTrue(tooLarge.get("available").getAsLong() < 4 << 20, tooLarge.toString());
            sendAll("complete", client);
            begin("one", client);
            begin("two", client);

            Path filler = disk.folder().resolve("filler");
            fill(filler);
            JsonObject full = client.putBlock("one", CONTENT, 1, BLOCK_BYTES);
            assertEquals(413, status(full), full.toString());
            assertTrue(full.has("available"), full.toString());
            assertEquals(
                    200, status(client.putBlock("two", CONTENT, 0, BLOCK_BYTES)), "a repeated block needs no room");
            assertArrayEquals(CONTENT, UploadTest.download(client, "complete"));

            Files.delete(filler);
            sendRest("one", client);
            sendRest("two", client);
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] bytes = new byte[4096]; ; ) {
                out.write(bytes);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.toString());
        }
    }

    @Test
    void blockThatCannotBeWrittenIs500AndCanBeSentAgain() throws Exception {
        try (ServerProcess server = ServerProcess.on(folder);
                RawClient client = loggedIn(server)) {
            Path data = data(begin("one", client));
            begin("two", client);
            try (Injection injection = new Injection(server, "pwrite64", data)) {
                JsonObject failed = client.putBlock("one", CONTENT, 1, BLOCK_BYTES);
                assertEquals(500, status(failed), failed.toString());
                sendRest("two", client);
            }
            sendRest("one", client);
        }
    }

    @Test
    void fileThatCannotBeSyncedIs500AndHasToBeSentAgain() throws Exception {
        try (ServerProcess server = ServerProcess.on(folder);
                RawClient client = loggedIn(server)) {
            Path data = data(begin("one", client));
            begin("two", client);
            try (Injection injection = new Injection(server, "fdatasync", data)) {
                for (int index = 1; index < BLOCKS - 1; index++) {
                    assertEquals(200, status(client.putBlock("one", CONTENT, index, BLOCK_BYTES)));
                }
                JsonObject failed = client.putBlock("one", CONTENT, BLOCKS - 1, BLOCK_BYTES);
                assertEquals(500, status(failed), failed.toString());
                sendRest("two", client);
            }
            JsonObject ended = client.putBlock("one", CONTENT, BLOCKS - 1, BLOCK_BYTES);
            assertEquals(408, status(ended), "no second sync says that the first one worked: " + ended);
            sendAll("one", client);
        }
    }

    private Path data(JsonObject plan) {
        return folder.resolve("uploads")
                .resolve(plan.get("upload_id").getAsString())
                .resolve("data");
    }

    private static RawClient loggedIn(ServerProcess server) throws IOException {
        RawClient client = RawClient.connect(server.awaitReady());
        client.loginWithFeatures("user");
        return client;
    }

    /** Begins an upload, and sends its first block. */
    private static JsonObject begin(String key, RawClient client) throws IOException {
        JsonObject plan = client.ask(
                "FILE SAVE", "{'key':'" + key + "','size':" + CONTENT.length + ",'block_size':" + BLOCK_BYTES + "}");
        assertEquals(200, status(plan), plan.toString());
        assertEquals(200, status(client.putBlock(key, CONTENT, 0, BLOCK_BYTES)));
        return plan;
    }

    private static void sendAll(String key, RawClient client) throws IOException {
        begin(key, client);
        sendRest(key, client);
    }

    private static void sendRest(String key, RawClient client) throws IOException {
        JsonObject last = new JsonObject();
        for (int index = 1; index < BLOCKS; index++) {
            last = client.putBlock(key, CONTENT, index, BLOCK_BYTES);
            assertEquals(200, status(last), last.toString());
        }
        assertEquals(Content.md5(CONTENT), last.get("md5").getAsString());
        assertArrayEquals(CONTENT, UploadTest.download(client, key));
    }

    private static int status(JsonObject answer) {
        return answer.get("status").getAsInt();
    }

    /** Makes a system call of the server's fail with EIO for one file, while it is open. */
    private static final class Injection implements AutoCloseable {
        private final Process strace;

        Injection(ServerProcess server, String call, Path file) throws IOException {
            Requires.root(); // others may not look into a process that is not their child
            String program = Requires.program("strace", "strace").toString();
            strace = new ProcessBuilder(
                            program,
                            "-f",
                            "-p",
                            "" + server.pid(),
                            "-P",
                            file.toString(),
                            "-o",
                            "/dev/null",
                            "-e",
                            "inject=" + call + ":error=EIO")
                    .start();
            BufferedReader said = strace.errorReader();
            String line = said.readLine();
            while (line != null && !line.contains("attached")) {
                line = said.readLine();
            }
            assertTrue(line != null, "strace did not attach");
        }

        @Override
        public void close() throws InterruptedException {
            strace.destroy();
            strace.waitFor();
        }
    }
}
