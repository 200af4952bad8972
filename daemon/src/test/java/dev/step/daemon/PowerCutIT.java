package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a real file system whose power is cut. */
final class PowerCutIT {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int MAX_BLOCKS = 12;

    private final Random random = Seed.random();
    private final Map<String, byte[]> complete = new LinkedHashMap<>();

    private static final int MANY_CUTS = Integer.getInteger("step.cuts", 20);

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void whatWasAcknowledgedSurvivesAPowerCut() throws Exception {
        cutPower(1);
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void whatWasAcknowledgedSurvivesManyPowerCuts() throws Exception {
        cutPower(MANY_CUTS);
    }

    private void cutPower(int times) throws Exception {
        try (MountedDisk disk = MountedDisk.ext4(folder.resolve("disk"))) {
            for (int time = 0; time < times; time++) {
                byte[] unfinished = Content.of(MAX_BLOCKS * BLOCK_BYTES, time);
                int received = 1 + random.nextInt(MAX_BLOCKS - 1);
                try (ServerProcess server = server(disk);
                        RawClient client = loggedIn(server)) {
                    completeSome(client);
                    send("unfinished" + time, unfinished, 0, received, client);
                    disk.cutPower();
                    JsonObject failed = save("later", MAX_BLOCKS * BLOCK_BYTES, client);
                    assertNotEquals(200, failed.get("status").getAsInt(), failed.toString());
                    server.kill();
                }
                disk.remount();
                check("unfinished" + time, unfinished, received, disk);
            }
        }
    }

    private static ServerProcess server(MountedDisk disk) throws IOException {
        return ServerProcess.with(disk.folder().resolve("store"), "--min-free", "0", "--durability", "block");
    }

    private static RawClient loggedIn(ServerProcess server) throws IOException {
        RawClient client = RawClient.connect(server.awaitReady());
        client.loginWithFeatures("user");
        return client;
    }

    /** Sends new files, and some that replace others. */
    private void completeSome(RawClient client) throws IOException {
        for (int file = random.nextInt(6); file >= 0; file--) {
            String key = "folder/" + random.nextInt(8);
            byte[] content = Content.of(1 + random.nextInt(MAX_BLOCKS * BLOCK_BYTES), random.nextLong());
            send(key, content, 0, (content.length + BLOCK_BYTES - 1) / BLOCK_BYTES, client);
            complete.put(key, content);
        }
    }

    private static void send(String key, byte[] content, int first, int end, RawClient client) throws IOException {
        assertEquals(200, save(key, content.length, client).get("status").getAsInt());
        for (int index = first; index < end; index++) {
            JsonObject answer = client.putBlock(key, content, index, BLOCK_BYTES);
            assertEquals(200, answer.get("status").getAsInt(), answer.toString());
        }
    }

    private static JsonObject save(String key, int size, RawClient client) throws IOException {
        return client.ask(
                "FILE SAVE",
                "{'key':'" + key + "','size':" + size + ",'block_size':" + BLOCK_BYTES
                        + ",'replace':true,'resume':true,'fingerprint':'" + key + "'}");
    }

    private void check(String unfinished, byte[] content, int received, MountedDisk disk) throws Exception {
        try (ServerProcess server = server(disk);
                RawClient client = loggedIn(server)) {
            for (Map.Entry<String, byte[]> file : complete.entrySet()) {
                assertArrayEquals(file.getValue(), UploadTest.download(client, file.getKey()), file.getKey());
            }
            JsonObject plan = save(unfinished, content.length, client);
            assertEquals(
                    "[[" + received + "," + (MAX_BLOCKS - 1) + "]]",
                    plan.get("missing_ranges").toString());
            send(unfinished, content, received, MAX_BLOCKS, client);
            assertArrayEquals(content, UploadTest.download(client, unfinished));
            client.ask("FILE DELETE", "{'key':'" + unfinished + "'}");
            server.terminate();
            server.assertStopsWell();
        }
    }
}
