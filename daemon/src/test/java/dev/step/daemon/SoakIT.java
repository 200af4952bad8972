package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server under mixed work, round after round. Each round leaves the store as it was, so that whatever the server
 * holds after one and did not after an earlier one is held for ever. {@code -Dstep.soak.minutes=N} makes it longer.
 */
@Tag("long")
final class SoakIT {
    private static final int LEAST_ROUNDS = 12;
    private static final Duration LEAST_TIME = Duration.ofMinutes(Integer.getInteger("step.soak.minutes", 0));
    /** So much of the rounds the server compiles, loads classes, and fills what it keeps on purpose. */
    private static final int WARM_UP_PART = 3;

    private static final int CLIENTS = 8;
    private static final int STEPS = 40;
    private static final int MAX_BYTES = 200_000;
    private static final int KEYS = 5;

    /** Less than a leak of 100 bytes in each step of every client comes to within eight rounds. */
    private static final long HEAP_NOISE_BYTES = 250_000;

    private final long seed = Seed.number();

    @TempDir
    Path folder;

    @Test
    @Timeout(7_200)
    void nothingGrows() throws Exception {
        List<ServerFootprint> footprints = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (ServerProcess server = ServerProcess.with(folder.resolve("store"), "--scrub", "100", "--quota", "100M")) {
            InetSocketAddress address = server.awaitReady();
            Future<?> log = drain(server);
            fillBlockMemory(address);
            long start = System.nanoTime();
            for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() - start < LEAST_TIME.toNanos(); round++) {
                work(round, address, threads);
                footprints.add(ServerFootprint.atRest(server.pid(), folder.resolve("store")));
                System.out.println("round " + round + ": " + footprints.get(round));
            }
            server.kill();
            log.get();
        } finally {
            threads.shutdown();
        }
        check(footprints);
    }

    /** What a server says has to be read, or it would wait for ever to say more. */
    private static Future<?> drain(ServerProcess server) {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<?> log = reader.submit(() -> {
            while (server.nextLine() != null) {}
            return null;
        });
        reader.shutdown();
        return log;
    }

    /**
     * Has far more blocks wait to be hashed at once than the rounds will: the memory for them is kept, and would grow when a
     * round happens to need more than those before. Of each upload less is sent than a thread is woken for to hash it.
     */
    private static void fillBlockMemory(InetSocketAddress address) throws IOException {
        byte[] content = Content.of(MAX_BYTES, 0);
        for (int user = 0; user < CLIENTS; user++) {
            try (RawClient client = connect("user " + user, address)) {
                for (int key = 0; key < KEYS; key++) {
                    expect(200, client.ask("FILE SAVE", "{'key':'key " + key + "','size':" + MAX_BYTES + "}"));
                    for (int index = 0; index < MAX_BYTES / 20_480; index++) {
                        expect(200, client.putBlock("key " + key, content, index, 20_480));
                    }
                }
            }
        }
        for (int user = 0; user < CLIENTS; user++) {
            try (RawClient client = connect("user " + user, address)) {
                removeAll(client);
            }
        }
    }

    private void work(int round, InetSocketAddress address, ExecutorService threads) throws Exception {
        List<Future<Void>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String user = "user " + client;
            Random random = new Random(seed + 1_000L * round + client);
            clients.add(threads.submit(() -> use(user, random, address)));
        }
        for (Future<Void> client : clients) {
            client.get();
        }
    }

    /** One client's round: it does this and that, now and then on a new connection, and removes all it has. */
    private static Void use(String user, Random random, InetSocketAddress address) throws IOException {
        RawClient client = connect(user, address);
        try {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(8) == 0) {
                    client.close(); // without a word, as clients do that lose their network
                    client = connect(user, address);
                }
                act("key " + random.nextInt(KEYS), random, client);
            }
            removeAll(client);
        } finally {
            client.close();
        }
        return null;
    }

    private static RawClient connect(String user, InetSocketAddress address) throws IOException {
        RawClient client = RawClient.connect(address);
        client.loginWithFeatures(user);
        return client;
    }

    private static void act(String key, Random random, RawClient client) throws IOException {
        byte[] content = Content.of(1 + random.nextInt(MAX_BYTES), random.nextLong());
        String announcement = "{'key':'" + key + "','size':" + content.length
                + ",'replace':true,'resume':true,'fingerprint':'" + random.nextInt(3) + "'}";
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                expect(200, client.ask("FILE SAVE", announcement));
                int blocks = (content.length + 20_479) / 20_480;
                for (int index = 0; index < blocks; index++) {
                    client.putBlock(key, content, index, 20_480); // another fingerprint's rest may have completed it
                }
            }
            case 2 -> {
                expect(200, client.ask("FILE SAVE", announcement));
                client.putBlock(key, content, 0, 20_480);
            }
            case 3 -> client.ask("FILE GET", "{'key':'" + key + "'}");
            case 4 -> client.ask("FILE DOWNLOAD", "{'key':'" + key + "','block_index':0}");
            case 5 -> client.ask("FILE MOVE", "{'key':'" + key + "','to':'key 0','replace':true}");
            case 6 -> {
                client.ask("DATA SAVE", "{'key':'" + key + "','n':1}");
                expect(200, client.ask("DATA DELETE", "{'key':'" + key + "'}"));
            }
            default -> expect(200, client.ask("FILE GET", "{'detail':true}"));
        }
    }

    private static void removeAll(RawClient client) throws IOException {
        for (int key = 0; key < KEYS; key++) {
            client.ask("FILE DELETE", "{'key':'key " + key + "'}"); // 404 for an upload, which it discards
        }
        JsonObject status = expect(200, client.ask("AUTH STATUS", "{}"));
        assertTrue(
                status.get("files").getAsInt() == 0
                        && status.get("pending_bytes").getAsInt() == 0,
                status::toString);
        JsonArray uploads = expect(200, client.ask("FILE STATUS", "{}")).getAsJsonArray("uploads");
        assertTrue(uploads.isEmpty(), uploads::toString);
    }

    private static void check(List<ServerFootprint> footprints) {
        int warmUp = footprints.size() / WARM_UP_PART;
        ServerFootprint warm = ServerFootprint.largestOf(footprints.subList(warmUp / 2, warmUp));
        for (ServerFootprint later : footprints.subList(warmUp, footprints.size())) {
            assertTrue(later.heapBytes() <= warm.heapBytes() + HEAP_NOISE_BYTES, () -> later + " after " + warm);
            assertTrue(later.descriptors() <= warm.descriptors(), () -> later + " after " + warm);
            assertTrue(later.threads() <= warm.threads(), () -> later + " after " + warm);
            assertTrue(later.temporaryFiles() == 0, later::toString);
            assertTrue(later.storedFiles() <= warm.storedFiles(), () -> later + " after " + warm);
        }
    }
}
