package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of other versions, with made-up upgrades: from 1 to 2 a file is made, from 2 to 3 it gets another name. */
final class StoreFormatTest {
    private static final List<StoreUpgrade> UPGRADES = List.of(
            (disk, paths) -> Files.writeString(paths.root().resolve("two"), "made by the first upgrade"),
            (disk, paths) -> {
                if (Files.exists(paths.root().resolve("two"))) {
                    disk.rename(paths.root().resolve("two"), paths.root().resolve("three"));
                }
            });

    @TempDir
    private Path root;

    private FaultyDisk disk;

    @BeforeEach
    void makeStoreOfTheFirstVersion() throws IOException {
        disk = new FaultyDisk(new RealDisk());
        DiskStore.open(disk, root).close();
        assertEquals("step-store 1\n", format());
    }

    @Test
    void olderStoreIsUpgradedStepByStep() throws IOException {
        upgraded().prepare();
        assertEquals("step-store 3\n", format());
        assertEquals("made by the first upgrade", Files.readString(root.resolve("three")));
    }

    @Test
    void upgradeThatIsCutShortGoesOnTheNextTime() throws IOException {
        int steps = 20; // more than it takes
        for (int step = 0; step < steps; step++) {
            Files.writeString(root.resolve("format"), "step-store 1\n");
            Files.deleteIfExists(root.resolve("three"));
            disk.failOnce(step);
            try {
                upgraded().prepare();
            } catch (IOException e) {
                disk.heal();
                upgraded().prepare();
            }
            assertEquals("step-store 3\n", format());
            assertEquals("made by the first upgrade", Files.readString(root.resolve("three")));
        }
    }

    @Test
    void newStoreIsOfTheLatestVersion() throws IOException {
        Files.delete(root.resolve("format"));
        upgraded().prepare();
        assertEquals("step-store 3\n", format());
    }

    @Test
    void newerStoreIsRefusedAndLeftAlone() throws IOException {
        upgraded().prepare();
        IOException refusal = assertThrows(IOException.class, () -> DiskStore.open(disk, root));
        assertEquals(
                "The store " + root
                        + " is of version 3, made by a newer server; this one knows versions up to 1: install "
                        + "the newer one, or restore a backup from before",
                refusal.getMessage());
        assertEquals("step-store 3\n", format());
    }

    @Test
    void commandsThatDoNotUpgradeSayWhatDoes() throws IOException {
        IOException refusal = assertThrows(IOException.class, () -> upgraded().requireStore());
        assertEquals(
                "The store " + root + " is of version 1; start its server once, which makes it one of version 3",
                refusal.getMessage());
        upgraded().prepare();
        assertDoesNotThrow(() -> upgraded().requireStore());
    }

    @Test
    void nonsenseIsNoVersion() throws IOException {
        for (String text : List.of("", "step-store 0\n", "step-store 1", "step-store -1\n", "step-store 1\n1")) {
            Files.writeString(root.resolve("format"), text);
            assertThrows(IOException.class, () -> DiskStore.open(disk, root), text);
        }
    }

    private StoreFormat upgraded() {
        return new StoreFormat(disk, new StorePaths(root), UPGRADES);
    }

    private String format() throws IOException {
        return Files.readString(root.resolve("format"));
    }
}
