package dev.step.daemon.place;

import dev.step.daemon.auth.DocumentFile;
import dev.step.daemon.auth.SharedDocument;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.ServedStore;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.copy.StoreSource;
import dev.step.daemon.store.disk.DiskSource;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.store.disk.StoreSettings;
import dev.step.daemon.store.disk.SyncObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A folder of this machine. */
public final class FolderPlace implements StorePlace {
    private final Path folder;

    public FolderPlace(Path folder) {
        this.folder = folder;
    }

    @Override
    public ServedStore open(StoreSettings settings, SyncObserver syncs) throws IOException {
        try {
            return DiskStore.open(new RealDisk(), folder, settings, InstantSource.system(), syncs);
        } catch (StoreInUseException e) {
            throw new IOException(e.getMessage() + "; stop that one, or name another store", e);
        }
    }

    @Override
    public StoreSource openSource() throws IOException {
        return DiskSource.open(new RealDisk(), folder);
    }

    @Override
    public SharedDocument document(String name) {
        return new DocumentFile(folder.resolve(name));
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(folder)) {
            new RealDisk().openHome(folder);
        }
    }

    @Override
    public void check() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
