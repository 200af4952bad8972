package dev.step.daemon.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UmaskTest {
    @TempDir
    Path folder;

    @Test
    void whatItTakesIsWhatANewFileLacks() throws IOException {
        Set<PosixFilePermission> everything = Set.of(PosixFilePermission.values());
        Path file = Files.createFile(folder.resolve("f"), PosixFilePermissions.asFileAttribute(everything));
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        for (PosixFilePermission permission : everything) {
            int bit = 0400 >> permission.ordinal();
            assertEquals(found.contains(permission), Umask.spares(bit), permission.name());
        }
    }

    /** A changed right would be an event. */
    @Test
    @Timeout(60)
    void whereItSparesTheRightsOfFilesTheyAreNotSetAgain() throws Exception {
        assumeTrue(Umask.spares(0640), "this umask takes rights that files of a store have");
        List<String> events = new ArrayList<>();
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            new RealDisk().create(folder.resolve("f")).close();
            Files.createDirectory(folder.resolve("last"));
            while (!events.contains("ENTRY_CREATE last")) {
                WatchKey key = changes.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    events.add(event.kind().name() + " " + event.context());
                }
                key.reset();
            }
        }
        assertEquals(List.of("ENTRY_CREATE f", "ENTRY_CREATE last"), events);
    }
}
