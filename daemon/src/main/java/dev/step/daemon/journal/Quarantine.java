package dev.step.daemon.journal;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Where damaged uploads wait for a person to look at them. */
record Quarantine(Disk disk, Path uploads, Path quarantine) {
    /** Whether an upload was put there. */
    boolean holds(UploadId id) throws IOException {
        return disk.kind(folder(id)) == PathKind.FOLDER;
    }

    /** Where an upload is put. */
    Path folder(UploadId id) {
        return quarantine.resolve(id.toString());
    }

    /**
     * Moves an upload's folder out of those that the server uses; durable afterwards.
     *
     * @return where it lies now
     */
    Path take(UploadId id) throws IOException {
        makeFolder();
        Path to = folder(id);
        disk.rename(uploads.resolve(id.toString()), to);
        disk.syncFolder(quarantine);
        disk.syncFolder(uploads);
        return to;
    }

    private void makeFolder() throws IOException {
        if (disk.kind(quarantine) != PathKind.FOLDER) {
            try {
                disk.createFolder(quarantine);
            } catch (FileAlreadyExistsException e) {
                if (disk.kind(quarantine) != PathKind.FOLDER) { // not merely another thread that was faster
                    throw e;
                }
            }
        }
        // In any case: a killed process may have made the folder without coming to this.
        disk.syncFolder(quarantine.resolveSibling(""));
    }
}
