package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.ForwardingDisk;
import dev.step.daemon.disk.ForwardingFile;
import java.io.IOException;
import java.nio.file.Path;

/** A disk that tells somebody of every sync. */
final class ObservedDisk extends ForwardingDisk {
    private final SyncObserver observer;

    ObservedDisk(Disk disk, SyncObserver observer) {
        super(disk);
        this.observer = observer;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new ObservedFile(super.create(file), file);
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new ObservedFile(super.openForWriting(file), file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        observe(SyncKind.FOLDER, () -> super.syncFolder(folder));
    }

    private void observe(SyncKind kind, GroupSync.Sync sync) throws IOException {
        long start = System.nanoTime();
        try {
            sync.run();
        } catch (IOException e) {
            observer.failed(kind, e);
            throw e;
        }
        observer.synced(kind, System.nanoTime() - start);
    }

    private final class ObservedFile extends ForwardingFile {
        private final SyncKind kind;

        ObservedFile(DiskFile file, Path path) {
            super(file);
            this.kind = SyncKind.ofFile(path);
        }

        @Override
        public void sync() throws IOException {
            observe(kind, super::sync);
        }
    }
}
