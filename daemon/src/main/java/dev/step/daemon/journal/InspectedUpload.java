package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An upload as it lies on the disk, looked at without changing it.
 *
 * @param inQuarantine whether it lies there because it was found damaged
 */
record InspectedUpload(UploadId id, Path folder, boolean inQuarantine, JournalReading journal) {
    /** Reads all of its journal. What cannot be read is shown as damaged: the others are to be looked at too. */
    static InspectedUpload of(Disk disk, UploadId id, Path folder, boolean inQuarantine) {
        return new InspectedUpload(id, folder, inQuarantine, read(disk, folder.resolve("journal"), id));
    }

    private static JournalReading read(Disk disk, Path journal, UploadId id) {
        try {
            if (disk.kind(journal) == PathKind.NOTHING) {
                return new JournalReading(Optional.empty(), new JournalEnding.Torn(0, 0));
            }
            try (DiskFile file = disk.openForReading(journal)) {
                return JournalReading.of(file, id);
            }
        } catch (IOException e) {
            return new JournalReading(Optional.empty(), new JournalEnding.Damaged(0, "cannot be read: " + e));
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Whether a person has to look at it. */
    boolean isDamaged() {
        return inQuarantine || journal.ending() instanceof JournalEnding.Damaged;
    }

    /** How it stands, in a few words. */
    String state() {
        String progress = journal.contents().map(InspectedUpload::progress).orElse("never begun");
        JournalEnding ending = journal.ending();
        if (ending instanceof JournalEnding.Damaged damaged) {
            return (inQuarantine ? "in quarantine, " : "") + "damaged: " + damaged.reason();
        }
        if (ending instanceof JournalEnding.OtherVersion other) {
            return "of version " + other.version() + ", which this server does not know";
        }
        String tail = ending instanceof JournalEnding.Torn torn && torn.length() > 0
                ? ", torn tail of " + (torn.length() - torn.at()) + " bytes"
                : "";
        return (inQuarantine ? "in quarantine, " : "") + progress + tail;
    }

    private static String progress(JournalContents contents) {
        return contents.blocks().isComplete() ? "all blocks received" : "unfinished";
    }
}
