package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.ShownText;
import dev.step.daemon.store.StoreInUseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code format}, which says that a folder is a store, and of which version: one line of text, {@code step-store 1}.
 * A store of an older version is upgraded when it is opened, one version after the other; one of a newer version is refused.
 */
final class StoreFormat {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFormat.class);
    /** What makes a store of version 1 one of version 2, and so on. */
    private static final List<StoreUpgrade> UPGRADES = List.of();

    private static final Pattern FORM = Pattern.compile("step-store ([1-9][0-9]{0,5})\n");
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
    private final List<StoreUpgrade> upgrades;

    StoreFormat(Disk disk, StorePaths paths) {
        this(disk, paths, UPGRADES);
    }

    /** A format with these versions. */
    StoreFormat(Disk disk, StorePaths paths, List<StoreUpgrade> upgrades) {
        this.disk = disk;
        this.paths = paths;
        this.upgrades = upgrades;
    }

    private int current() {
        return upgrades.size() + 1;
    }

    /** Refuses a folder that is something else than a store of a version that is known, or empty; changes nothing. */
    void check() throws IOException {
        if (disk.kind(paths.format()) == PathKind.NOTHING) {
            checkEmpty();
        } else {
            version();
        }
    }

    /** Refuses a folder that is not a store of this version. */
    void requireStore() throws IOException {
        if (disk.kind(paths.format()) != PathKind.FILE) {
            throw new IOException(paths.root() + " is not a store: it has no file \"format\"");
        }
        int version = version();
        if (version != current()) {
            throw new IOException("The store " + paths.root() + " is of version " + version
                    + "; start its server once, " + "which makes it one of version " + current());
        }
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

    private int version() throws IOException {
        String found = read();
        Matcher matcher = FORM.matcher(found);
        if (!matcher.matches()) {
            throw new IOException(
                    paths.format() + " says \"" + ShownText.of(found.strip()) + "\", which is no version of a store");
        }
        int version = Integer.parseInt(matcher.group(1));
        if (version > current()) {
            throw new IOException("The store " + paths.root() + " is of version " + version
                    + ", made by a newer server; this one knows versions up to " + current()
                    + ": install the newer one, or restore a backup from before");
        }
        return version;
    }

    private String read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
        try (DiskFile file = disk.openForReading(paths.format())) {
            file.read(0, bytes);
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Makes an empty folder a store, and a store of an older version one of this. The caller has the lock. */
    void prepare() throws IOException {
        if (disk.kind(paths.format()) == PathKind.NOTHING) {
            write(current());
        }
        for (int version = version(); version < current(); version++) {
            LOG.info("Upgrading the store {} from version {} to {}", paths.root(), version, version + 1);
            upgrades.get(version - 1).run(disk, paths);
            write(version + 1);
        }
    }

    private void write(int version) throws IOException {
        if (disk.kind(paths.newFormat()) != PathKind.NOTHING) {
            disk.deleteFile(paths.newFormat());
        }
        try (DiskFile file = disk.create(paths.newFormat())) {
            file.write(0, ByteBuffer.wrap(("step-store " + version + "\n").getBytes(StandardCharsets.US_ASCII)));
            file.sync();
        }
        disk.rename(paths.newFormat(), paths.format());
        disk.syncFolder(paths.root());
    }
}
