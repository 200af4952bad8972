package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A disk that tells somebody of every sync. */
record ObservedDisk(Disk disk, SyncObserver observer) implements Disk {
    @Override
    public Path openHome(Path folder) throws IOException {
        return disk.openHome(folder);
    }

    @Override
    public PathKind kind(Path path) throws IOException {
        return disk.kind(path);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new ObservedFile(disk.create(file), file);
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new ObservedFile(disk.openForWriting(file), file);
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        return disk.openForReading(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        disk.link(file, name);
    }

    @Override
    public void deleteFile(Path file) throws IOException {
        disk.deleteFile(file);
    }

    @Override
    public boolean deleteFolder(Path folder) throws IOException {
        return disk.deleteFolder(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        observe(SyncKind.FOLDER, () -> disk.syncFolder(folder));
    }

    @Override
    public long freeBytes(Path path) throws IOException {
        return disk.freeBytes(path);
    }

    @Override
    public Instant lastModified(Path file) throws IOException {
        return disk.lastModified(file);
    }

    @Override
    public Optional<String> accessFault(Path path) throws IOException {
        return disk.accessFault(path);
    }

    @Override
    public void restoreAccess(Path path) throws IOException {
        disk.restoreAccess(path);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return disk.lock(file);
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

    private final class ObservedFile implements DiskFile {
        private final DiskFile file;
        private final SyncKind kind;

        ObservedFile(DiskFile file, Path path) {
            this.file = file;
            this.kind = SyncKind.ofFile(path);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            file.write(position, source);
        }

        @Override
        public void sync() throws IOException {
            observe(kind, file::sync);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
