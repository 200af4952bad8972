package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A disk in memory, for tests that break thousands of files a second. For one thread. */
public final class MemoryDisk implements Disk {
    private final Map<Path, MemoryFile> files = new TreeMap<>();
    private final Set<Path> folders = new HashSet<>();

    /** Puts a file of these bytes there, with all the folders above it. */
    public MemoryDisk with(Path file, byte... bytes) {
        files.put(file, new MemoryFile(bytes));
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            folders.add(folder);
        }
        return this;
    }

    /** The bytes of a file, which has to be there. */
    public byte[] bytes(Path file) {
        return files.get(file).bytes();
    }

    /** All files. */
    public Set<Path> files() {
        return Set.copyOf(files.keySet());
    }

    @Override
    public Path openHome(Path folder) {
        folders.add(folder);
        return folder;
    }

    @Override
    public PathKind kind(Path path) {
        return files.containsKey(path) ? PathKind.FILE : folders.contains(path) ? PathKind.FOLDER : PathKind.NOTHING;
    }

    @Override
    public List<String> list(Path folder) {
        Set<Path> all = new HashSet<>(folders);
        all.addAll(files.keySet());
        return all.stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> path.getFileName().toString())
                .toList();
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        if (!folders.add(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        MemoryFile created = new MemoryFile();
        if (files.putIfAbsent(file, created) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return created;
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return openForReading(file);
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        MemoryFile found = files.get(file);
        if (found == null) {
            throw new NoSuchFileException(file.toString());
        }
        return found;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (kind(from) == PathKind.NOTHING || !folders.contains(to.getParent())) {
            throw new NoSuchFileException(from.toString(), to.toString(), null);
        }
        for (Path path : List.copyOf(files.keySet())) {
            if (path.startsWith(from)) {
                files.put(moved(path, from, to), files.remove(path));
            }
        }
        for (Path path : List.copyOf(folders)) {
            if (path.startsWith(from)) {
                folders.remove(path);
                folders.add(moved(path, from, to));
            }
        }
    }

    private static Path moved(Path path, Path from, Path to) {
        return path.equals(from) ? to : to.resolve(from.relativize(path));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        if (!files.containsKey(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (files.putIfAbsent(name, files.get(file)) != null) {
            throw new FileAlreadyExistsException(name.toString());
        }
    }

    @Override
    public void deleteFile(Path file) throws IOException {
        if (files.remove(file) == null) {
            throw new NoSuchFileException(file.toString());
        }
    }

    @Override
    public boolean deleteFolder(Path folder) {
        return list(folder).isEmpty() && folders.remove(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (!folders.contains(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
    }

    @Override
    public long freeBytes(Path path) {
        return Long.MAX_VALUE;
    }

    @Override
    public Instant lastModified(Path file) {
        return Instant.EPOCH;
    }

    @Override
    public Optional<String> accessFault(Path path) {
        return Optional.empty(); // its files have no owners
    }

    @Override
    public void restoreAccess(Path path) {
        // nor rights
    }

    @Override
    public Optional<Closeable> lock(Path file) {
        return Optional.of(() -> {});
    }
}
