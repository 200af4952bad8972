package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes the journals of a store usable again after a stop of any kind: a torn tail is cut off, a damaged journal goes
 * into quarantine with its upload. {@link JournalFormat} has the rules.
 *
 * <p>Safe for any number of threads; nobody else may use an upload's folder while it is recovered. Recovering twice, or
 * again after a crash in between, does no harm.
 */
public final class JournalRecovery {
    private static final String JOURNAL = "journal";

    private final Disk disk;
    private final Path uploads;
    private final Quarantine quarantine;

    /**
     * Recovers uploads, each in the folder {@code ID} of one folder.
     *
     * @param quarantine the folder that damaged uploads are moved into, beside that of uploads; made when needed
     */
    public JournalRecovery(Disk disk, Path uploads, Path quarantine) {
        this.disk = disk;
        this.uploads = uploads;
        this.quarantine = new Quarantine(disk, uploads, quarantine);
    }

    /**
     * Reads all of an upload's journal and makes it usable.
     *
     * @throws IOException if the disk fails; nothing is lost, and it can be tried again
     */
    public RecoveredJournal recover(UploadId id) throws IOException {
        Path journal = journal(id);
        if (disk.kind(journal) == PathKind.NOTHING) {
            return quarantine.holds(id)
                    ? new RecoveredJournal.Quarantined(quarantine.folder(id), "found damaged before")
                    : new RecoveredJournal.NeverBegun();
        }
        JournalReading reading = read(journal, id);
        if (reading.ending() instanceof JournalEnding.OtherVersion other) {
            return new RecoveredJournal.OtherVersion(other.version());
        }
        if (reading.ending() instanceof JournalEnding.Damaged damaged) {
            return new RecoveredJournal.Quarantined(quarantine.take(id), damaged.reason());
        }
        if (reading.contents().isEmpty()) {
            return new RecoveredJournal.NeverBegun();
        }
        return new RecoveredJournal.Usable(reading.contents().get(), cutTail(journal, reading.ending()));
    }

    /**
     * Reads an upload's header, however long the journal is; changes nothing.
     *
     * @return empty if there is no valid one: {@link #recover} tells what that means
     */
    public Optional<JournalHeader> header(UploadId id) throws IOException {
        Path journal = journal(id);
        if (disk.kind(journal) == PathKind.NOTHING) {
            return Optional.empty();
        }
        try (DiskFile file = disk.openForReading(journal)) {
            return HeaderDecoder.read(JournalWindow.overHeader(file), id) instanceof HeaderReading.Found found
                    ? Optional.of(found.header())
                    : Optional.empty();
        }
    }

    private JournalReading read(Path journal, UploadId id) throws IOException {
        try (DiskFile file = disk.openForReading(journal)) {
            return JournalReading.of(file, id);
        }
    }

    private long cutTail(Path journal, JournalEnding ending) throws IOException {
        if (!(ending instanceof JournalEnding.Torn torn)) {
            return 0;
        }
        new TornTail(disk, journal, torn.at()).cut();
        return torn.length() - torn.at();
    }

    private Path journal(UploadId id) {
        return uploads.resolve(id.toString()).resolve(JOURNAL);
    }
}
