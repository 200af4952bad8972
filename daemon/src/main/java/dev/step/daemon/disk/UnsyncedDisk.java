package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A disk on which syncing does nothing, so that a power cut costs whatever the system has not written by itself. */
public record UnsyncedDisk(Disk disk) implements Disk {
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
        return new UnsyncedFile(disk.create(file));
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return new UnsyncedFile(disk.openForWriting(file));
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
    public void syncFolder(Path folder) {
        // that is the point
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

    private record UnsyncedFile(DiskFile file) implements DiskFile {
        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            file.write(position, source);
        }

        @Override
        public void sync() {
            // that is the point
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
