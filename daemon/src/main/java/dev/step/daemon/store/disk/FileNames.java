package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One user's names of complete files. Changes happen one at a time, under one lock, which is held over syncs;
 * looking up, listing and opening don't wait for them.
 */
final class FileNames {
    private final ReentrantLock changes = new ReentrantLock();
    private final Disk disk;
    private final UserPaths paths;
    private final Folders folders;
    private final Leftovers leftovers;
    private final UploadFolders uploadFolders;
    private final CatalogueFile catalogueFile;
    private final GroupPublisher publisher;
    private volatile @Nullable Catalogue loaded;

    FileNames(UserPlace place) {
        this.disk = place.disk();
        this.paths = place.paths();
        this.folders = place.folders();
        this.leftovers = place.leftovers();
        this.uploadFolders = place.uploadFolders();
        this.catalogueFile = new CatalogueFile(disk, paths);
        this.publisher = new GroupPublisher(disk, paths, folders, uploadFolders);
    }

    Optional<StoredFile> find(Key key) throws IOException {
        return entry(key).map(CatalogueEntry::file);
    }

    private Optional<CatalogueEntry> entry(Key key) throws IOException {
        return catalogue().find(key);
    }

    Listing.Page<CatalogueEntry> page(ListQuery query) throws IOException {
        return catalogue().page(query);
    }

    /** All of them, in the order of listings; what changes meanwhile is among them or not. */
    Collection<CatalogueEntry> all() throws IOException {
        return catalogue().files();
    }

    Usage usage() throws IOException {
        return catalogue().usage();
    }

    /** Opens a file; empty when there is none. What is opened is the content that the catalogue speaks of. */
    Optional<DiskOpenFile> open(Key key) throws IOException {
        Optional<CatalogueEntry> wanted = entry(key);
        while (wanted.isPresent()) {
            Path path = paths.file(wanted.get().tree(), key);
            Optional<DiskFile> opened = openIfThere(path);
            Optional<CatalogueEntry> now = entry(key);
            if (now.isPresent()
                    && now.get().file().version().equals(wanted.get().file().version())) {
                return Optional.of(opened(now.get().file(), path, opened));
            }
            if (opened.isPresent()) {
                opened.get().close();
            }
            wanted = now; // another content since
        }
        return Optional.empty();
    }

    private Optional<DiskFile> openIfThere(Path file) throws IOException {
        try {
            boolean reachable = folders.exists(Folders.parentOf(file));
            return reachable ? Optional.of(disk.openForReading(file)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static DiskOpenFile opened(StoredFile file, Path path, Optional<DiskFile> opened) throws IOException {
        DiskFile content = opened.orElseThrow(
                () -> new NoSuchFileException(path.toString(), null, "it is in the catalogue, but missing"));
        if (content.size() != file.size()) {
            content.close();
            throw new WrongSizeException(path, file.size());
        }
        return new DiskOpenFile(file, content);
    }

    /**
     * Makes a synced content the file of its key, and removes what is left of the upload that it was. When this fails,
     * {@link #reclaim} finds out how far an upload with a folder has come. Those that come at the same time share their syncs.
     *
     * @throws RefusedException 402 when there is a file of this key that may not be replaced
     */
    void publish(PendingFile file) throws IOException, RefusedException {
        publish(List.of(file));
        file.check();
    }

    /** The same for several, which say themselves what has become of them. Those that have failed already are left alone. */
    void publish(List<PendingFile> files) {
        List<PendingFile> unsettled =
                files.stream().filter(file -> !file.isSettled()).toList();
        unsettled.forEach(publisher::add);
        changes.lock();
        try {
            while (unsettled.stream().anyMatch(file -> !file.isSettled())) {
                publisher.publishNext(writable()).forEach(this::removeBytes);
            }
        } catch (IOException e) { // there is no catalogue to write into
            unsettled.forEach(file -> publisher.fail(file, e));
        } finally {
            changes.unlock();
        }
    }

    /**
     * Gives a file another key, or a second one. Its bytes are not copied: complete files never change.
     *
     * @param version names the content under its new key
     * @throws RefusedException 402 when there is a file of the new key that may not be replaced, 404 when there is none of
     *     the old one
     */
    void move(MoveFile move, String version) throws IOException, RefusedException {
        changes.lock();
        try {
            CatalogueEntry source = entry(move.key()).orElseThrow(() -> Refusals.notExisting(move.key()));
            Optional<CatalogueEntry> old = entry(move.to());
            if (old.isPresent() && !move.replace()) {
                throw Refusals.exists(move.to());
            }
            if (!move.key().equals(move.to())) {
                move(source, old, move, version);
            }
        } finally {
            changes.unlock();
        }
    }

    private void move(CatalogueEntry source, Optional<CatalogueEntry> old, MoveFile move, String version)
            throws IOException {
        Catalogue catalogue = writable();
        StoredFile file = source.file();
        CatalogueEntry entry = new CatalogueEntry(
                new StoredFile(move.to(), file.size(), file.modified(), file.digests(), version), Tree.ofNext(old));
        linkBytes(source, entry);
        uploadFolders.makeRemovalsDurable();
        catalogue.change(List.of(
                move.copy()
                        ? new CatalogueChange.Put(entry)
                        : new CatalogueChange.Move(entry, source.file().key())));
        if (old.isPresent()) {
            removeBytes(old.get());
        }
        if (!move.copy()) {
            removeBytes(source);
        }
    }

    private void linkBytes(CatalogueEntry source, CatalogueEntry entry) throws IOException {
        Path target = paths.file(entry.tree(), entry.file().key());
        folders.make(Folders.parentOf(target));
        if (disk.kind(target) != PathKind.NOTHING) {
            disk.deleteFile(target); // what a crash left there, of which no catalogue speaks
        }
        disk.link(paths.file(source.tree(), source.file().key()), target);
        disk.syncFolder(Folders.parentOf(target));
    }

    /**
     * Settles how far publishing has come that was cut short, by a crash or by the disk: either the file is there, and
     * what is left of the upload is removed; or the upload has its data back, if it ever had.
     *
     * @return the file
     */
    Optional<StoredFile> reclaim(Key key, UploadFolder upload) throws IOException {
        changes.lock();
        try {
            catalogue().mend();
            Optional<CatalogueEntry> entry = entry(key);
            if (entry.isPresent()
                    && entry.get().file().version().equals(upload.id().toString())) {
                uploadFolders.remove(upload);
                return entry.map(CatalogueEntry::file);
            }
            if (disk.kind(upload.data()) == PathKind.NOTHING) {
                takeBack(paths.file(Tree.ofNext(entry), key), upload.data());
            }
            return Optional.empty();
        } finally {
            changes.unlock();
        }
    }

    private void takeBack(Path published, Path data) throws IOException {
        if (folders.exists(Folders.parentOf(published)) && disk.kind(published) == PathKind.FILE) {
            disk.rename(published, data);
        }
    }

    private void removeBytes(CatalogueEntry entry) {
        leftovers.removeFile(paths.file(entry.tree(), entry.file().key()), paths.files(entry.tree()));
    }

    /**
     * Removes a file.
     *
     * @throws RefusedException 404 when there is none
     */
    void delete(Key key) throws IOException, RefusedException {
        changes.lock();
        try {
            Optional<CatalogueEntry> entry = entry(key);
            if (entry.isEmpty()) {
                throw Refusals.notExisting(key);
            }
            Catalogue catalogue = writable();
            uploadFolders.makeRemovalsDurable();
            catalogue.change(List.of(new CatalogueChange.Delete(key)));
            removeBytes(entry.get());
        } finally {
            changes.unlock();
        }
    }

    /**
     * Takes a damaged file out of the catalogue, and its bytes into quarantine.
     *
     * @return where these lie now; empty if the key has another content by now
     */
    Optional<Path> quarantine(StoredFile file, QuarantinedFiles quarantine, String reason) throws IOException {
        changes.lock();
        try {
            Optional<CatalogueEntry> now = entry(file.key());
            if (now.isEmpty() || !now.get().file().version().equals(file.version())) {
                return Optional.empty();
            }
            Catalogue catalogue = writable();
            uploadFolders.makeRemovalsDurable();
            Path kept = quarantine.keep(paths.file(now.get().tree(), file.key()), reason);
            catalogue.change(List.of(new CatalogueChange.Delete(file.key())));
            removeBytes(now.get());
            return Optional.of(kept);
        } finally {
            changes.unlock();
        }
    }

    /** Remembers what was found out about a file, unless it has another content by now. */
    void update(StoredFile file) throws IOException {
        changes.lock();
        try {
            Optional<CatalogueEntry> now = entry(file.key());
            if (now.isPresent() && now.get().file().version().equals(file.version())) {
                writable()
                        .change(List.of(new CatalogueChange.Put(
                                new CatalogueEntry(file, now.get().tree()))));
            }
        } finally {
            changes.unlock();
        }
    }

    /** The catalogue, on the disk and sound. */
    private Catalogue writable() throws IOException {
        folders.make(paths.home());
        if (!catalogueFile.exists()) {
            catalogueFile.create();
        }
        Catalogue catalogue = catalogue();
        catalogue.mend();
        return catalogue;
    }

    private Catalogue catalogue() throws IOException {
        Catalogue known = loaded;
        return known != null ? known : load();
    }

    private Catalogue load() throws IOException {
        changes.lock();
        try {
            Catalogue known = loaded;
            if (known != null) {
                return known;
            }
            Catalogue catalogue = new Catalogue(catalogueFile);
            if (folders.exists(paths.home()) && hasCatalogue()) {
                catalogue.load();
            }
            loaded = catalogue;
            return catalogue;
        } finally {
            changes.unlock();
        }
    }

    /** A user's catalogue is made before the first file, so it can't be missing where there are files. */
    private boolean hasCatalogue() throws IOException {
        boolean exists = catalogueFile.exists();
        if (!exists && disk.kind(paths.files(Tree.FIRST)) != PathKind.NOTHING) {
            throw new NoSuchFileException(paths.catalogue().toString(), null, "the catalogue is missing");
        }
        return exists;
    }
}
