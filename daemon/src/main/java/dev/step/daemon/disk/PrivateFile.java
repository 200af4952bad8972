package dev.step.daemon.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A small file for its owner's eyes only (0600), which is replaced as a whole or not at all. Several processes may edit
 * it, one after the other.
 *
 * <p>Who edits it as root leaves it to the owner it had; a new one goes to the owner of its folder.
 */
public final class PrivateFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> NOT_PRIVATE = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final List<String> OWNER_IDS = List.of("unix:uid", "unix:gid");
    private static final int MAX_BYTES = 64 << 20;
    private static final long LOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOCK_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path file;
    private final Path folder;

    public PrivateFile(Path file) {
        this.file = file.toAbsolutePath();
        Path parent = this.file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        this.folder = parent;
    }

    public Path path() {
        return file;
    }

    /**
     * What is in the file; empty when there is none.
     *
     * @throws IOException also when others than the owner could have read or written it, or it is no plain file
     */
    public Optional<byte[]> read() throws IOException {
        try {
            checkPrivate();
            try (InputStream bytes = Channels.newInputStream(FileChannel.open(file, READ, NOFOLLOW_LINKS))) {
                return Optional.of(bytes.readNBytes(MAX_BYTES));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void checkPrivate() throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is not a plain file; remove it");
        }
        if (attributes.permissions().stream().anyMatch(NOT_PRIVATE::contains)) {
            throw new IOException(
                    file + " is open to others than its owner; check what is in it, then: chmod 600 " + file);
        }
    }

    /** Replaces the content in one step; when this returns, it is on the disk, and whoever watches the file sees it. */
    public void write(byte[] content) throws IOException {
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(fresh); // what a crash left
        try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        giveToOwner(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        new RealDisk().syncFolder(folder);
        WatchedFile.awaitNoticed();
    }

    /** Links are not followed: whoever owns the folder could plant one where root is at work. */
    private void giveToOwner(Path ours) throws IOException {
        if (ProcessUser.id() == ProcessUser.ROOT) {
            Path model = Files.exists(file, NOFOLLOW_LINKS) ? file : folder;
            for (String id : OWNER_IDS) {
                Files.setAttribute(ours, id, Files.getAttribute(model, id, NOFOLLOW_LINKS), NOFOLLOW_LINKS);
            }
        }
    }

    /**
     * Keeps other processes, and other threads of this one, from editing the file until the lock is closed.
     *
     * @throws IOException also when somebody else keeps it for 10 s
     */
    public Closeable lock() throws IOException {
        Path lockFile = folder.resolve(file.getFileName() + ".lock");
        if (!Files.isDirectory(folder)) {
            throw new IOException("There is no folder " + folder + ".");
        }
        long giveUp = System.nanoTime() + LOCK_WITHIN_NANOS;
        while (true) {
            Optional<Closeable> lock = new RealDisk().lock(lockFile);
            if (lock.isPresent()) {
                giveToOwner(lockFile);
                return lock.get();
            }
            if (System.nanoTime() - giveUp >= 0) {
                throw new IOException(file + " is being edited by somebody else; try again when they are done");
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
    }
}
