package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server, started on a store with many unfinished uploads. */
final class RestartIT {
    private static final int BLOCK_BYTES = 64 << 10;
    /** So many uploads are open at the same time while they are made. */
    private static final int BATCH = 500;

    @TempDir
    Path store;

    @Test
    @Timeout(120)
    void serverIsReadyBeforeItHasVerified300Uploads() throws Exception {
        restartWith(300);
    }

    @Test
    @Tag("long")
    @Timeout(600)
    void serverIsReadyBeforeItHasVerified10000Uploads() throws Exception {
        restartWith(10_000);
    }

    private void restartWith(int uploads) throws Exception {
        for (int first = 0; first < uploads; first += BATCH) {
            begin(first, Math.min(uploads, first + BATCH));
        }
        Instant start = Instant.now();
        try (ServerProcess server = ServerProcess.on(store)) {
            int before = recoveredUntilReady(server);
            Duration ready = Duration.between(start, Instant.now());
            assertTrue(before < uploads, "ready only after all was verified");
            for (int recovered = before; recovered < uploads; ) {
                String line = server.nextLine();
                assertNotNull(line, "the server has ended");
                recovered += isRecovery(line) ? 1 : 0;
            }
            System.out.println(uploads + " uploads: ready after " + ready.toMillis() + " ms, with " + before
                    + " verified; all verified after "
                    + Duration.between(start, Instant.now()).toMillis() + " ms");
            server.terminate();
            server.assertStopsWell();
        }
    }

    private static int recoveredUntilReady(ServerProcess server) throws IOException {
        int recovered = 0;
        for (String line = server.nextLine(); line != null; line = server.nextLine()) {
            if (line.contains("Server is ready")) {
                return recovered;
            }
            recovered += isRecovery(line) ? 1 : 0;
        }
        throw new AssertionError("the server has ended");
    }

    private static boolean isRecovery(String line) {
        return line.contains("Recovered upload") && line.contains("1 of 2 blocks, 0 lost");
    }

    /** Begins uploads, each with one block of two. */
    private void begin(int first, int end) throws IOException, RefusedException {
        try (DiskStore files = DiskStore.open(new RealDisk(), store)) {
            for (int i = first; i < end; i++) {
                BlockPlan plan = new BlockPlan(2 * BLOCK_BYTES, BLOCK_BYTES);
                Upload upload = files.files(new UserName("user"))
                        .begin(new UploadSpec(new Key("key" + i), plan, SaveOptions.NONE));
                upload.write(DataBlock.of(i % 2, ByteBuffer.wrap(Content.of(BLOCK_BYTES, i))), Optional.empty());
            }
        }
    }
}
