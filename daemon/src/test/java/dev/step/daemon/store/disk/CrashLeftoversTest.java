package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.FragileDisk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.message.SaveOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What crashes can leave behind. */
class CrashLeftoversTest {
    private static final Path ROOT = Path.of("/store");
    private static final Key K = new Key("k");

    /** Or it would take for its data what lies under its key's name, be that another file's. */
    @Test
    void uploadThatIsDiscardedInPartIsNeverWithoutItsDataOnly() throws Exception {
        boolean wasStopped = true;
        for (int steps = 0; wasStopped; steps++) {
            FragileDisk disk = new FragileDisk(new Random(steps));
            String id;
            try (DiskStore store = DiskStore.open(disk.start(Long.MAX_VALUE), ROOT)) {
                var files = store.files(TestStore.USER);
                var upload = files.begin(new UploadSpec(K, new BlockPlan(200, 100), SaveOptions.NONE));
                upload.write(DataBlock.of(0, ByteBuffer.allocate(100)), Optional.empty());
                id = upload.id();
                disk.stopAfter(steps);
                files.discard(K);
                wasStopped = disk.isStopped();
            }
            Disk next = disk.start(Long.MAX_VALUE);
            Path folder = ROOT.resolve("uploads").resolve(id);
            boolean journal = next.kind(folder.resolve("journal")) == PathKind.FILE;
            boolean data = next.kind(folder.resolve("data")) == PathKind.FILE;
            assertFalse(journal && !data, "after " + steps + " steps");
            try (DiskStore store = DiskStore.open(next, ROOT)) {
                assertEquals(journal, store.files(TestStore.USER).unfinished(K).isPresent());
            }
        }
    }
}
