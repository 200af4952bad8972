package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.BlockCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecord;
import dev.step.daemon.journal.JournalRecovery;
import dev.step.daemon.journal.JournalWriter;
import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.journal.RecoveredJournal;
import dev.step.protocol.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the files of uploads, and opens them again. Safe for any number of threads, each with another upload. */
final class UploadFiles {
    private static final Logger LOG = LoggerFactory.getLogger(UploadFiles.class);

    private final Disk disk;
    private final UploadFolders folders;
    private final JournalRecovery recovery;
    private final Durability durability;
    private final Hashing hashing;
    private volatile boolean closing;

    UploadFiles(Disk disk, UploadFolders folders, JournalRecovery recovery, Durability durability, Hashing hashing) {
        this.disk = disk;
        this.folders = folders;
        this.recovery = recovery;
        this.durability = durability;
        this.hashing = hashing;
    }

    /** Writes a content that came whole, which needs no journal if it is synced before it is published. */
    DiskFile writeWhole(UploadFolder folder, ByteBuffer content) throws IOException {
        DiskFile file = createAnew(folder.whole());
        boolean written = false;
        try {
            file.write(0, content);
            written = true;
            return file;
        } finally {
            if (!written) {
                file.close();
            }
        }
    }

    /** What an earlier try has left, and the disk did not let go of, is in the way. */
    private DiskFile createAnew(Path path) throws IOException {
        try {
            return disk.create(path);
        } catch (FileAlreadyExistsException e) {
            disk.deleteFile(path);
            return disk.create(path);
        }
    }

    /** Removes what {@link #writeWhole} wrote, as far as it is still there. */
    void removeWhole(UploadFolder folder) {
        folders.removeWhole(folder);
    }

    /** Makes the folder and the files of a new upload. */
    OpenUpload create(UploadFolder folder, JournalHeader header) throws IOException {
        folders.make(folder);
        boolean created = false;
        try {
            OpenUpload open = createFiles(folder, header);
            created = true;
            return open;
        } finally {
            if (!created) {
                folders.remove(folder);
            }
        }
    }

    private OpenUpload createFiles(UploadFolder folder, JournalHeader header) throws IOException {
        DiskFile data = disk.create(folder.data());
        DiskFile journal = null;
        boolean begun = false;
        try {
            journal = disk.create(folder.journal());
            JournalWriter writer = JournalWriter.begin(journal, header);
            if (durability == Durability.BLOCK) {
                writer.sync();
                folders.makeDurable(folder);
            }
            begun = true;
            return open(header, data, writer, new ReceivedBlocks(header.plan().totalBlocks()), null);
        } finally {
            if (!begun) {
                close(data, journal);
            }
        }
    }

    /**
     * Opens the files of an upload that was begun before.
     *
     * @param verify whether the blocks' bytes are to be compared with their checksums: after an unclean stop the disk
     *     may lack some that the journal speaks of
     * @return empty if nothing can be made of what is there, and the log says why
     */
    Optional<OpenUpload> open(UploadFolder folder, JournalHeader header, boolean verify) throws IOException {
        RecoveredJournal recovered = recovery.recover(folder.id());
        if (!(recovered instanceof RecoveredJournal.Usable usable)) {
            LOG.error("Upload {} of {} cannot go on: {}", folder.id(), shown(header), recovered);
            return Optional.empty();
        }
        DiskFile data = disk.kind(folder.data()) == PathKind.NOTHING
                ? disk.create(folder.data())
                : disk.openForWriting(folder.data());
        DiskFile journal = null;
        boolean opened = false;
        try {
            journal = disk.openForWriting(folder.journal());
            JournalWriter writer = JournalWriter.resume(journal, usable);
            int lost = verify ? removeLost(data, usable, writer) : 0;
            if (verify && durability == Durability.BLOCK) {
                makeDurable(folder, data, writer);
            }
            logRecovery(folder, usable, lost);
            opened = true;
            return Optional.of(open(header, data, writer, usable.blocks(), usable.expected()));
        } finally {
            if (!opened) {
                close(data, journal);
            }
        }
    }

    private OpenUpload open(
            JournalHeader header,
            DiskFile data,
            JournalWriter writer,
            ReceivedBlocks blocks,
            @Nullable Digest expected) {
        return new OpenUpload(header, new OpenUpload.Files(data, writer), blocks, expected, durability, hashing);
    }

    private int removeLost(DiskFile data, RecoveredJournal.Usable journal, JournalWriter writer) throws IOException {
        BitSet lost = new BlockCheck(journal.header().plan(), journal.blocks()).differing(data, () -> closing);
        for (int index = lost.nextSetBit(0); index >= 0; index = lost.nextSetBit(index + 1)) {
            writer.append(new JournalRecord.Lost(index));
            journal.blocks().remove(index);
        }
        return lost.cardinality();
    }

    /** What a killed process has not synced counts as received from now on, so it must not be lost any more. */
    private void makeDurable(UploadFolder folder, DiskFile data, JournalWriter writer) throws IOException {
        data.sync();
        writer.sync();
        folders.makeDurable(folder);
    }

    private static void logRecovery(UploadFolder folder, RecoveredJournal.Usable journal, int lost) {
        LOG.info(
                "Recovered upload {} of {}: {} of {} blocks, {} lost, {} bytes cut off its journal",
                folder.id(),
                shown(journal.header()),
                journal.blocks().count(),
                journal.blocks().total(),
                lost,
                journal.cutBytes());
    }

    private static String shown(JournalHeader header) {
        return "\"" + header.target().key() + "\" by \""
                + header.target().user().text() + "\"";
    }

    /** Lets go of what takes long. */
    void stop() {
        closing = true;
    }

    /** When a block was last received, as far as the disk knows. */
    Instant lastUsed(UploadFolder folder) throws IOException {
        return disk.lastModified(folder.journal());
    }

    private static void close(DiskFile data, @Nullable DiskFile journal) throws IOException {
        try (data) {
            if (journal != null) {
                journal.close();
            }
        }
    }
}
