package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A catalogue on the disk: lines that are only ever appended, each synced before the next. Used under the lock of its
 * user.
 *
 * <p>After a write that failed, what it left is cut off. After a sync that failed nothing is known about the file's
 * end, so all of it is written anew, aside. Until that has worked, nothing is appended.
 */
final class CatalogueFile {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFile.class);
    private static final int CHUNK_BYTES = 64 << 10;

    private final Disk disk;
    private final UserPaths paths;
    private long length;
    private int changes;
    private Condition condition = Condition.SOUND;

    private enum Condition {
        SOUND,
        /** There may be something beyond the length. */
        TORN,
        /** What is durable is not known. */
        UNKNOWN
    }

    CatalogueFile(Disk disk, UserPaths paths) {
        this.disk = disk;
        this.paths = paths;
    }

    /** How many changes its lines hold. */
    int changes() {
        return changes;
    }

    boolean exists() throws IOException {
        return disk.kind(paths.catalogue()) != PathKind.NOTHING;
    }

    /** Makes an empty one. */
    void create() throws IOException {
        disk.create(paths.catalogue()).close();
        disk.syncFolder(paths.home());
    }

    /**
     * Reads every line; cuts off what a crash left of the last one. All of it is durable afterwards: a process that was
     * killed may have written the last line without syncing it, and whoever reads it now relies on it.
     *
     * @throws IOException also when there is damage before the last line
     */
    void load(Consumer<CatalogueChange> consumer) throws IOException {
        try (DiskFile file = disk.openForWriting(paths.catalogue())) {
            CatalogueScan scan = new CatalogueScan(file);
            scan.run(consumer);
            length = scan.soundEnd();
            changes = scan.changes();
            if (file.size() > length) {
                byte[] torn = scan.torn()
                        .orElseThrow(() -> new IOException(paths.catalogue()
                                + " is damaged at byte " + length + ", line " + (scan.lines() + 1)
                                + ", and not at its end only. It is left as it is."));
                keep(torn);
                file.truncate(length);
            }
            file.sync();
            disk.syncFolder(paths.home());
        }
    }

    private void keep(byte[] torn) throws IOException {
        int number = 1;
        while (disk.kind(paths.tornCatalogue(number)) != PathKind.NOTHING) {
            number++;
        }
        Path copy = paths.tornCatalogue(number);
        try (DiskFile file = disk.create(copy)) {
            file.write(0, ByteBuffer.wrap(torn));
            file.sync();
        }
        disk.syncFolder(paths.home());
        LOG.warn("Cut {} bytes of a torn last line off {}; a copy is in {}", torn.length, paths.catalogue(), copy);
    }

    /** Appends a line of changes, durably. What failed before has to be mended first. */
    void append(List<CatalogueChange> together) throws IOException {
        if (condition != Condition.SOUND) {
            throw new IllegalStateException("not mended");
        }
        byte[] line = CatalogueLine.encode(together);
        try (DiskFile file = disk.openForWriting(paths.catalogue())) {
            condition = Condition.TORN;
            file.write(length, ByteBuffer.wrap(line));
            condition = Condition.UNKNOWN;
            file.sync();
        }
        condition = Condition.SOUND;
        length += line.length;
        changes += together.size();
    }

    /** Makes the file sound again, if it is not: exactly the lines that were appended, or others that say the same. */
    void mend(Collection<CatalogueEntry> files) throws IOException {
        switch (condition) {
            case SOUND -> {}
            case TORN -> cutOff();
            case UNKNOWN -> rewrite(files);
        }
    }

    private void cutOff() throws IOException {
        try (DiskFile file = disk.openForWriting(paths.catalogue())) {
            condition = Condition.UNKNOWN;
            file.truncate(length);
            file.sync();
        }
        condition = Condition.SOUND;
    }

    /** Writes a file with a line for each of these, aside, and puts it in the place of the old one. */
    void rewrite(Collection<CatalogueEntry> files) throws IOException {
        if (disk.kind(paths.newCatalogue()) != PathKind.NOTHING) {
            disk.deleteFile(paths.newCatalogue());
        }
        int newChanges = 0;
        long newLength = 0;
        try (DiskFile file = disk.create(paths.newCatalogue())) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            for (CatalogueEntry entry : files) {
                byte[] line = CatalogueLine.encode(List.of(new CatalogueChange.Put(entry)));
                if (chunk.remaining() < line.length) {
                    newLength = flush(chunk, file, newLength);
                }
                chunk.put(line);
                newChanges++;
            }
            newLength = flush(chunk, file, newLength);
            file.sync();
        }
        condition = Condition.UNKNOWN;
        disk.rename(paths.newCatalogue(), paths.catalogue());
        disk.syncFolder(paths.home());
        condition = Condition.SOUND;
        length = newLength;
        changes = newChanges;
    }

    private static long flush(ByteBuffer chunk, DiskFile file, long position) throws IOException {
        chunk.flip();
        int bytes = chunk.limit();
        file.write(position, chunk);
        chunk.clear();
        return position + bytes;
    }
}
