package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs any more. What asked for it has succeeded, or failed, already: so a disk that refuses is
 * only logged. The space is lost until the key is used again, or the store is opened again.
 */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Disk disk;
    private final Folders folders;

    Leftovers(Disk disk, Folders folders) {
        this.disk = disk;
        this.folders = folders;
    }

    /** Removes a file, and the folders above it that are empty then, up to the top. */
    void removeFile(Path file, Path top) {
        attempt(file, () -> {
            if (folders.exists(Folders.parentOf(file))) {
                disk.deleteFile(file);
                folders.prune(Folders.parentOf(file), top);
            }
        });
    }

    /** Removes the folders that are empty, from this one up to the top. */
    void removeEmpty(Path folder, Path top) {
        attempt(folder, () -> folders.prune(folder, top));
    }

    /** Removes a folder with the files in it, beginning with the one of this name, if there is one. */
    void removeFolder(Path folder, String first) {
        attempt(folder, () -> {
            List<String> names = new ArrayList<>(disk.list(folder));
            names.sort(Comparator.comparing(name -> !name.equals(first)));
            for (String name : names) {
                disk.deleteFile(folder.resolve(name));
            }
            disk.deleteFolder(folder);
        });
    }

    private static void attempt(Path path, Removal removal) {
        try {
            removal.run();
        } catch (NoSuchFileException e) {
            LOG.debug("Already gone: {}", path);
        } catch (IOException e) {
            LOG.warn("Could not remove {}, which is no longer needed: {}", path, e.toString());
        }
    }

    /** Steps that the disk may refuse. */
    private interface Removal {
        void run() throws IOException;
    }
}
