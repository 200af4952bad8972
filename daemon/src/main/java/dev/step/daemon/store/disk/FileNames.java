package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    private final CatalogueFile catalogueFile;
    private volatile @Nullable Catalogue loaded;

    FileNames(Disk disk, UserPaths paths, Folders folders, Leftovers leftovers) {
        this.disk = disk;
        this.paths = paths;
        this.folders = folders;
        this.leftovers = leftovers;
        this.catalogueFile = new CatalogueFile(disk, paths);
    }

    Optional<StoredFile> find(Key key) throws IOException {
        return catalogue().find(key);
    }

    Listing.Page<StoredFile> page(ListQuery query) throws IOException {
        return catalogue().page(query);
    }

    /** Opens a file; empty when there is none. What is opened is the content that the catalogue speaks of. */
    Optional<DiskOpenFile> open(Key key) throws IOException {
        Optional<StoredFile> wanted = find(key);
        while (wanted.isPresent()) {
            Optional<DiskFile> opened = openIfThere(paths.file(key));
            Optional<StoredFile> now = find(key);
            if (now.isPresent() && now.get().version().equals(wanted.get().version())) {
                return Optional.of(opened(now.get(), opened));
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

    private DiskOpenFile opened(StoredFile file, Optional<DiskFile> opened) throws IOException {
        DiskFile content = opened.orElseThrow(() -> new NoSuchFileException(
                paths.file(file.key()).toString(), null, "it is in the catalogue, but missing"));
        if (content.size() != file.size()) {
            content.close();
            throw new IOException(paths.file(file.key()) + " has not the " + file.size() + " bytes it should have");
        }
        return new DiskOpenFile(file, content);
    }

    /**
     * Makes this data, which is synced, the content of a new file.
     *
     * @throws RefusedException 402 when there is a file of this key
     */
    void publish(Path data, StoredFile file) throws IOException, RefusedException {
        changes.lock();
        try {
            if (find(file.key()).isPresent()) {
                throw Refusals.exists(file.key());
            }
            Catalogue catalogue = writable();
            Path target = paths.file(file.key());
            folders.make(Folders.parentOf(target));
            disk.rename(data, target);
            list(file, target, catalogue);
        } finally {
            changes.unlock();
        }
    }

    private void list(StoredFile file, Path target, Catalogue catalogue) throws IOException {
        try {
            disk.syncFolder(Folders.parentOf(target));
            catalogue.change(new CatalogueChange.Put(file));
        } catch (IOException e) {
            takeBack(target, catalogue, e);
            throw e;
        }
    }

    /** While the catalogue on the disk may speak of the file, its bytes have to stay. */
    private void takeBack(Path target, Catalogue catalogue, IOException reason) {
        try {
            catalogue.mend();
            leftovers.removeFile(target, paths.files());
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Removes a file.
     *
     * @throws RefusedException 404 when there is none
     */
    void delete(Key key) throws IOException, RefusedException {
        changes.lock();
        try {
            if (find(key).isEmpty()) {
                throw Refusals.notExisting(key);
            }
            writable().change(new CatalogueChange.Delete(key));
            if (folders.exists(Folders.parentOf(paths.file(key)))) {
                leftovers.removeFile(paths.file(key), paths.files());
            }
        } finally {
            changes.unlock();
        }
    }

    /** Remembers what was found out about a file, unless it has another content by now. */
    void update(StoredFile file) throws IOException {
        changes.lock();
        try {
            Optional<StoredFile> now = find(file.key());
            if (now.isPresent() && now.get().version().equals(file.version())) {
                writable().change(new CatalogueChange.Put(file));
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
        if (!exists && disk.kind(paths.files()) != PathKind.NOTHING) {
            throw new NoSuchFileException(paths.catalogue().toString(), null, "the catalogue is missing");
        }
        return exists;
    }
}
