package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A disk that does everything on another one; whoever extends it changes some of that. */
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

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
        return disk.create(file);
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return disk.openForWriting(file);
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
        disk.syncFolder(folder);
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
}
