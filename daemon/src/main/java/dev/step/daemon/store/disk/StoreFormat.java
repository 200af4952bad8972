package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.StoreInUseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The file {@code format}, which says that a folder is a store, and of which version: one line of text. */
final class StoreFormat {
    private static final String CURRENT = "step-store 1\n";
    private static final int MAX_BYTES = 64;
    /**
     * What may lie in a folder that is to become a store: our own first steps, what an admin prepares before the first
     * start, the log of a server inside of another program, which lies in its store, and what a new ext4 volume has.
     */
    private static final Set<String> NOT_STRANGE = Set.of(
            "format.new",
            "lock",
            "server.log",
            "accounts",
            "accounts.lock",
            "token-keys",
            "token-keys.lock",
            "tls-certificate.pem",
            "tls-key.pem",
            "lost+found");

    private final Disk disk;
    private final StorePaths paths;

    StoreFormat(Disk disk, StorePaths paths) {
        this.disk = disk;
        this.paths = paths;
    }

    /** Refuses a folder that is something else than a store of this version, or empty; changes nothing. */
    void check() throws IOException {
        if (disk.kind(paths.format()) == PathKind.NOTHING) {
            checkEmpty();
        } else {
            checkVersion();
        }
    }

    /** Refuses a folder that is not a store of this version. */
    void requireStore() throws IOException {
        if (disk.kind(paths.format()) != PathKind.FILE) {
            throw new IOException(paths.root() + " is not a store: it has no file \"format\"");
        }
        checkVersion();
    }

    /**
     * Keeps others from opening the store, until this is closed.
     *
     * @throws StoreInUseException when somebody has it open
     */
    Closeable lock() throws IOException {
        return disk.lock(paths.lock())
                .orElseThrow(
                        () -> new StoreInUseException("The store " + paths.root() + " is in use by another server"));
    }

    private void checkEmpty() throws IOException {
        List<String> names = disk.list(paths.root());
        if (!NOT_STRANGE.containsAll(names)) {
            throw new IOException(paths.root() + " is not a store, but not empty either: it has no file \"format\"");
        }
    }

    private void checkVersion() throws IOException {
        String found = read();
        if (!found.equals(CURRENT)) {
            throw new IOException(paths.format() + " says \"" + found.strip() + "\"; this server knows only \""
                    + CURRENT.strip() + "\"");
        }
    }

    private String read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        try (DiskFile file = disk.openForReading(paths.format())) {
            file.read(0, bytes);
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Makes an empty folder a store. */
    void writeIfMissing() throws IOException {
        if (disk.kind(paths.format()) != PathKind.NOTHING) {
            return;
        }
        if (disk.kind(paths.newFormat()) != PathKind.NOTHING) {
            disk.deleteFile(paths.newFormat());
        }
        try (DiskFile file = disk.create(paths.newFormat())) {
            file.write(0, ByteBuffer.wrap(CURRENT.getBytes(StandardCharsets.US_ASCII)));
            file.sync();
        }
        disk.rename(paths.newFormat(), paths.format());
        disk.syncFolder(paths.root());
    }
}
