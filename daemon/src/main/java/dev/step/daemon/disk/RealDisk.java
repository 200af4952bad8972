package dev.step.daemon.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The disk of the machine. What it makes is closed to others: files are 0640, folders 0750. They are made so, and not
 * opened up later; then what the umask has taken is given back.
 */
public final class RealDisk implements Disk {
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwxr-x---");
    private static final boolean UMASK_SPARES_FILES = Umask.spares(0640);
    private static final FileAttribute<?> NEW_FILE = PosixFilePermissions.asFileAttribute(FILE_MODE);
    private static final FileAttribute<?> NEW_FOLDER = PosixFilePermissions.asFileAttribute(FOLDER_MODE);

    @Override
    public Path openHome(Path folder) throws IOException {
        makeWithParents(folder.toAbsolutePath());
        Path home = folder.toRealPath();
        if (!Files.getAttribute(home, "unix:uid").equals((int) ProcessUser.id())) {
            throw new IOException(home + " belongs to another user: run this as that user, or chown the folder");
        }
        return home;
    }

    private void makeWithParents(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeWithParents(parent);
            createFolder(folder);
            syncFolder(parent);
        }
    }

    @Override
    public PathKind kind(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? PathKind.FILE
                    : attributes.isDirectory() ? PathKind.FOLDER : PathKind.OTHER;
        } catch (NoSuchFileException e) {
            return PathKind.NOTHING;
        }
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        RealFile.needingRoom(() -> Files.createDirectory(folder, NEW_FOLDER));
        Files.setPosixFilePermissions(folder, FOLDER_MODE);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        FileChannel channel =
                RealFile.needingRoom(() -> FileChannel.open(file, Set.of(READ, WRITE, CREATE_NEW), NEW_FILE));
        if (!UMASK_SPARES_FILES) {
            giveBackRights(file, channel);
        }
        return new RealFile(channel);
    }

    private static void giveBackRights(Path file, FileChannel channel) throws IOException {
        try {
            Files.setPosixFilePermissions(file, FILE_MODE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public DiskFile openForWriting(Path file) throws IOException {
        return open(file, READ, WRITE, NOFOLLOW_LINKS);
    }

    @Override
    public DiskFile openForReading(Path file) throws IOException {
        return open(file, READ, NOFOLLOW_LINKS);
    }

    /** Looks first, because opening a planted pipe would wait forever. */
    private DiskFile open(Path file, OpenOption... options) throws IOException {
        PathKind kind = kind(file);
        if (kind != PathKind.FILE && kind != PathKind.NOTHING) {
            throw new FileSystemException(file.toString(), null, "not a plain file");
        }
        return new RealFile(FileChannel.open(file, options));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        RealFile.needingRoom(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        RealFile.needingRoom(() -> Files.createLink(name, file));
    }

    @Override
    public void deleteFile(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public boolean deleteFolder(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    @Override
    public long freeBytes(Path path) throws IOException {
        long free = path.toFile().getUsableSpace(); // asks for this alone, but cannot tell a failure from a full disk
        return free > 0 ? free : Files.getFileStore(path).getUsableSpace(); // looks for the mount point, too
    }

    @Override
    public Instant lastModified(Path file) throws IOException {
        return Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant();
    }

    @Override
    public Optional<String> accessFault(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!owner(path).equals((int) ProcessUser.id())) {
            return Optional.of("belongs to " + attributes.owner().getName());
        }
        Set<PosixFilePermission> widest = attributes.isDirectory() ? FOLDER_MODE : FILE_MODE;
        Set<PosixFilePermission> found = attributes.permissions();
        boolean usable = found.containsAll(ownersPart(widest));
        return widest.containsAll(found) && usable
                ? Optional.empty()
                : Optional.of("has the rights " + PosixFilePermissions.toString(found) + " instead of "
                        + PosixFilePermissions.toString(widest));
    }

    private static Object owner(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", NOFOLLOW_LINKS);
    }

    private static Set<PosixFilePermission> ownersPart(Set<PosixFilePermission> mode) {
        return mode.stream()
                .filter(permission -> permission.name().startsWith("OWNER_"))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void restoreAccess(Path path) throws IOException {
        if (!owner(path).equals((int) ProcessUser.id())) {
            Files.setAttribute(path, "unix:uid", (int) ProcessUser.id(), NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(path, kind(path) == PathKind.FOLDER ? FOLDER_MODE : FILE_MODE);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        Set<OpenOption> options = Set.of(WRITE, CREATE, NOFOLLOW_LINKS);
        return FileLocks.take(file, () -> FileChannel.open(file, options, NEW_FILE));
    }
}
