package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.UploadId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, finds and removes the folders of uploads. Safe for any number of threads. */
final class UploadFolders {
    private final SecureRandom random = new SecureRandom();
    private final Disk disk;
    private final Path uploads;
    private final Leftovers leftovers;
    /** Whether folders were removed whose removal a power cut could undo; true at first, because nobody knows. */
    private boolean removedSinceSync = true;

    UploadFolders(Disk disk, Path uploads, Leftovers leftovers) {
        this.disk = disk;
        this.uploads = uploads;
        this.leftovers = leftovers;
    }

    /** Makes the folder of something new. */
    UploadFolder create() throws IOException {
        UploadFolder folder = folder(newId());
        make(folder);
        return folder;
    }

    void make(UploadFolder folder) throws IOException {
        disk.createFolder(folder.path());
    }

    /** An id that nothing had before: also for contents that did not come as uploads. */
    UploadId newId() {
        return UploadId.random(random);
    }

    UploadFolder folder(UploadId id) {
        return new UploadFolder(id, uploads.resolve(id.toString()));
    }

    /** Makes a folder durable, with the names in it. */
    void makeDurable(UploadFolder folder) throws IOException {
        disk.syncFolder(folder.path());
        disk.syncFolder(uploads);
    }

    /**
     * Removes a folder with what lies in it. The journal goes first: an upload that has one, but no data, is one whose
     * data was being published.
     */
    synchronized void remove(UploadFolder folder) {
        removedSinceSync = true;
        leftovers.removeFolder(folder.path(), UploadFolder.JOURNAL);
    }

    /** Removes a content that came whole, if it is there. */
    void removeWhole(UploadFolder folder) {
        leftovers.removeFile(folder.whole(), uploads);
    }

    /**
     * Makes sure that no removed folder comes back after a power cut: before a file is deleted or replaced, because the
     * upload that it came from would look unfinished then.
     */
    synchronized void makeRemovalsDurable() throws IOException {
        if (removedSinceSync) {
            disk.syncFolder(uploads);
            removedSinceSync = false;
        }
    }

    /** The folders that are there; whatever else lies among them stays. */
    List<UploadFolder> found() throws IOException {
        List<UploadFolder> found = new ArrayList<>();
        if (disk.kind(uploads) != PathKind.FOLDER) {
            return found;
        }
        for (String name : disk.list(uploads)) {
            Optional<UploadId> id = UploadId.parse(name);
            if (id.isPresent() && disk.kind(uploads.resolve(name)) == PathKind.FOLDER) {
                found.add(folder(id.get()));
            }
        }
        return found;
    }

    /** The folders that are there; removes whatever else lies among them. */
    List<UploadFolder> all() throws IOException {
        List<UploadFolder> all = new ArrayList<>();
        for (String name : disk.list(uploads)) {
            Optional<UploadId> id = UploadId.parse(name);
            Path path = uploads.resolve(name);
            if (disk.kind(path) != PathKind.FOLDER) {
                leftovers.removeFile(path, uploads);
            } else if (id.isPresent()) {
                all.add(folder(id.get()));
            } else {
                leftovers.removeFolder(path, UploadFolder.JOURNAL);
            }
        }
        return all;
    }
}
