package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.JournalRecovery;
import dev.step.daemon.journal.RecoveredJournal;
import dev.step.daemon.journal.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** Makes a store usable again. What was found damaged goes into quarantine; nothing is deleted. */
final class StoreRepair {
    private final Disk disk;
    private final StorePaths paths;
    private final QuarantinedFiles quarantine;
    private final JournalRecovery journals;
    private final UploadFiles uploads;

    StoreRepair(Disk disk, StorePaths paths) {
        this.disk = disk;
        this.paths = paths;
        Folders folders = new Folders(disk, paths.root());
        this.quarantine = new QuarantinedFiles(disk, paths, folders);
        this.journals = new JournalRecovery(disk, paths.uploads(), paths.quarantine());
        UploadFolders uploadFolders = new UploadFolders(disk, paths.uploads(), new Leftovers(disk, folders));
        this.uploads = new UploadFiles(
                disk, uploadFolders, journals, Durability.BLOCK, new Hashing(Runnable::run, new BlockMemory()));
    }

    /**
     * Makes what a catalogue says durable before anything is done because of it: a server that was killed may have written the
     * last line without syncing it, and a power cut would bring back files that were put aside meanwhile.
     */
    void makeDurable(UserPaths user) throws IOException {
        if (disk.kind(user.catalogue()) == PathKind.FILE) {
            try (DiskFile catalogue = disk.openForWriting(user.catalogue())) {
                catalogue.sync();
            }
            disk.syncFolder(user.home());
        }
    }

    /** Does what can be done about one fault; says what that was, in words for the admin. */
    String repair(Fault fault) throws IOException {
        Path path = fault.path();
        return switch (fault.kind()) {
            case MISSING -> "taken out of the catalogue";
            case DAMAGED, UNKNOWN, VALUE -> "moved to " + shown(quarantine.take(path, fault.words()));
            case CATALOGUE -> repairCatalogue(path, fault.words());
            case UPLOAD -> repairUpload(path);
            case ACCESS -> {
                disk.restoreAccess(path);
                yield "has the owner and the rights of the store now";
            }
        };
    }

    private String repairCatalogue(Path catalogue, String reason) throws IOException {
        return disk.kind(catalogue) == PathKind.NOTHING
                ? "made anew from the files"
                : "written anew with what can be read; the old one is in " + shown(quarantine.keep(catalogue, reason));
    }

    /** Does what the next server would do: damaged journals go into quarantine, lost blocks are noted as lost. */
    private String repairUpload(Path folder) throws IOException {
        UploadId id = UploadId.parse(String.valueOf(folder.getFileName())).orElseThrow();
        RecoveredJournal journal = journals.recover(id);
        if (journal instanceof RecoveredJournal.Usable usable) {
            uploads.open(new UploadFolder(id, folder), usable.header(), true).ifPresent(OpenUpload::close);
            return "these blocks will be asked for again";
        }
        return journal instanceof RecoveredJournal.Quarantined quarantined
                ? "moved to " + shown(quarantined.folder())
                : "the next server will remove it";
    }

    private Path shown(Path path) {
        return paths.root().relativize(path);
    }

    /** Makes the catalogue say that there are these files, and no others. */
    void rewriteCatalogue(UserPaths user, Collection<CatalogueEntry> files) throws IOException {
        new CatalogueFile(disk, user).rewrite(files);
    }
}
