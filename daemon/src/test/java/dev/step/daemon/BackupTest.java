package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.Durability;
import dev.step.daemon.store.disk.StoreCheck;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.testing.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ADMIN.md calls a backup is one: a server that starts on it serves what was there. */
@Timeout(300)
final class BackupTest {
    private static final int CLIENTS = 4;
    private static final int ENOUGH = 40;
    private static final byte[] UNFINISHED = Content.of(50_000, 1);
    private static final Pattern LOSS = Pattern.compile("but missing|its md5 is|the catalogue says|catalogue: ");

    @TempDir
    Path folder;

    private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH);

    @Test
    void copyOfAStoppedServersFolder() throws Exception {
        Path copy = folder.resolve("copy");
        try (RunningServer server = start(folder.resolve("store"));
                RawClient client = server.loginWithFeatures("user")) {
            beginUpload(client);
            for (int file = 0; file < 5; file++) {
                put("file " + file, client);
            }
        }
        Process copying = new ProcessBuilder("cp", "-a", folder.resolve("store").toString(), copy.toString())
                .inheritIO()
                .start();
        assertEquals(0, copying.waitFor());
        List<String> faults = new ArrayList<>();
        assertTrue(StoreCheck.run(new RealDisk(), copy, false, faults::add), faults::toString);
        check(copy, Map.copyOf(acknowledged));
    }

    /** Clients send on and on while it is taken; what was answered before has to be in it. */
    @Test
    void snapshotOfTheFileSystemOfARunningServer() throws Exception {
        Requires.root();
        try (MountedDisk disk = MountedDisk.ext4(folder.resolve("disk"))) {
            Map<String, byte[]> before;
            MountedDisk snapshot;
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            try (RunningServer server = start(disk.folder().resolve("store"))) {
                try (RawClient client = server.loginWithFeatures("user")) {
                    beginUpload(client);
                }
                List<Future<?>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    String name = "client " + client + ", file ";
                    clients.add(threads.submit(() -> sendOn(name, server)));
                }
                enough.await();
                before = Map.copyOf(acknowledged);
                snapshot = disk.snapshot(folder.resolve("snapshot"));
                threads.shutdownNow(); // the clients look whether they are to end
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            try (snapshot) {
                Path store = snapshot.folder().resolve("store");
                List<String> faults = new ArrayList<>();
                assertTrue(StoreCheck.run(new RealDisk(), store, true, faults::add), faults::toString);
                assertEquals(
                        List.of(), faults.stream().filter(LOSS.asPredicate()).toList());
                check(store, before);
            }
        }
    }

    /** With every byte of the small disk. */
    private static RunningServer start(Path store) throws IOException {
        StoreSettings settings = new StoreSettings(Durability.FILE, Duration.ofDays(7), 0, 0);
        return RunningServer.on(DiskStore.open(new RealDisk(), store, settings, InstantSource.system()));
    }

    private Void sendOn(String name, RunningServer server) throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            for (int file = 0; !Thread.currentThread().isInterrupted() && file < 3 * ENOUGH; file++) {
                put(name + file, client);
            }
        }
        return null;
    }

    private void put(String key, RawClient client) throws IOException {
        byte[] content = Content.of(key.length() * 2_000, key.hashCode());
        expect(200, client.put(key, content));
        acknowledged.put(key, content);
        enough.countDown();
    }

    private static void beginUpload(RawClient client) throws IOException {
        expect(200, client.ask("FILE SAVE", "{'key':'unfinished','size':50000,'resume':true,'fingerprint':'f'}"));
        expect(200, client.putBlock("unfinished", UNFINISHED, 0, 20_480));
    }

    private static void check(Path store, Map<String, byte[]> files) throws IOException {
        try (RunningServer server = start(store);
                RawClient client = server.loginWithFeatures("user")) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                assertArrayEquals(file.getValue(), UploadTest.download(client, file.getKey()), file.getKey());
            }
            expect(200, client.ask("FILE SAVE", "{'key':'unfinished','size':50000,'resume':true,'fingerprint':'f'}"));
            for (int index = 0; index < 3; index++) {
                expect(200, client.putBlock("unfinished", UNFINISHED, index, 20_480));
            }
            assertArrayEquals(UNFINISHED, UploadTest.download(client, "unfinished"));
        }
    }
}
