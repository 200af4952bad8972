package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders of a store. Each one on the way to a file is looked at before it is used, because a symbolic link in its
 * place would lead out of the store.
 *
 * <p>Whoever makes or prunes folders holds the lock of the user whose folders they are; those above them are never
 * pruned.
 */
final class Folders {
    /** Remembered folders cost memory; forgetting them costs only a needless sync. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Disk disk;
    private final Path root;
    /** Folders whose names this process has synced. One that is only found may be what a killed process left unsynced. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Folders(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /** Makes a folder below the root, with those above it, where missing; all their names are durable afterwards. */
    void make(Path folder) throws IOException {
        Path parent = root;
        for (Path name : root.relativize(folder)) {
            Path step = parent.resolve(name);
            if (!isFolder(step)) {
                create(step);
            }
            makeDurable(step, parent);
            parent = step;
        }
    }

    private void create(Path folder) throws IOException {
        durable.remove(folder);
        try {
            disk.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            isFolder(folder); // two users whose long names start alike can make the same one at the same time
        }
    }

    private void makeDurable(Path folder, Path parent) throws IOException {
        if (durable.contains(folder)) {
            return;
        }
        disk.syncFolder(parent);
        if (durable.size() >= MAX_REMEMBERED) {
            durable.clear();
        }
        durable.add(folder);
    }

    /** Whether this folder below the root is there; an IOException if anything but folders is on the way to it. */
    boolean exists(Path folder) throws IOException {
        Path step = root;
        for (Path name : root.relativize(folder)) {
            step = step.resolve(name);
            if (!isFolder(step)) {
                return false;
            }
        }
        return true;
    }

    /** Removes the folders that are empty, from this one upwards, but not the top. */
    void prune(Path folder, Path top) throws IOException {
        for (Path step = folder; !step.equals(top) && disk.deleteFolder(step); step = parentOf(step)) {
            durable.remove(step);
        }
    }

    private boolean isFolder(Path path) throws IOException {
        return switch (disk.kind(path)) {
            case NOTHING -> false;
            case FOLDER -> true;
            case FILE, OTHER ->
                throw new FileSystemException(
                        path.toString(), null, "the store needs a folder here, and neither a file nor a link");
        };
    }

    /** The folder that a path of the store lies in. */
    static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not in a store: " + path);
        }
        return parent;
    }
}
