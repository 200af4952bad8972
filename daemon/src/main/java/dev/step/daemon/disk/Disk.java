package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Every operation that a store does on a disk. Whatever needs room throws {@link DiskFullException} when there is none.
 * What is written survives a power cut only once it is synced: a file's
 * bytes by {@link DiskFile#sync}, its name by {@link #syncFolder} of the folder that it lies in.
 *
 * <p>The last name of a path is never followed when it is a symbolic link; those before it are the caller's to check.
 * Safe for any number of threads, none of which may be interrupted: that would close the files in use.
 */
public interface Disk {
    /**
     * Makes a folder, with those above it, where missing, and their names durable. Follows links: this is the place
     * that a person chose.
     *
     * @return the same place without any link in its path
     * @throws IOException also when the folder belongs to somebody else, who could change it under our hands
     */
    Path openHome(Path folder) throws IOException;

    /** What lies there. */
    PathKind kind(Path path) throws IOException;

    /** The names in a folder, in no order. */
    List<String> list(Path folder) throws IOException;

    /**
     * Makes one folder.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is anything of that name
     */
    void createFolder(Path folder) throws IOException;

    /**
     * Makes a file, for reading and writing.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is anything of that name
     */
    DiskFile create(Path file) throws IOException;

    /**
     * Opens a file for reading and writing.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    DiskFile openForWriting(Path file) throws IOException;

    /**
     * Opens a file for reading.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    DiskFile openForReading(Path file) throws IOException;

    /** Gives a file another name, in one step, even if that name is taken by another file, which is then gone. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives a file a second name, by which it stays when the first is removed.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is anything of that name
     */
    void link(Path file, Path name) throws IOException;

    /** Removes a file, or a link; whoever has the file open may go on using it. */
    void deleteFile(Path file) throws IOException;

    /** Removes a folder; false if it is not empty. */
    boolean deleteFolder(Path folder) throws IOException;

    /** Makes the names in a folder durable: those that were added, changed and removed. */
    void syncFolder(Path folder) throws IOException;

    /** How much more can be written into files there by whoever runs the server, in bytes. */
    long freeBytes(Path path) throws IOException;

    /** When a file's bytes were last changed. */
    Instant lastModified(Path file) throws IOException;

    /**
     * What keeps a file or folder from being as this disk makes them: another owner, or rights that are too wide or too
     * narrow. In words for the admin; empty if nothing does.
     */
    Optional<String> accessFault(Path path) throws IOException;

    /** Gives a file or folder the owner and the rights that this disk gives to what it makes, as far as it may. */
    void restoreAccess(Path path) throws IOException;

    /** Locks a file, which is made if missing, until the lock is closed; empty if it is locked already, by anyone. */
    Optional<Closeable> lock(Path file) throws IOException;
}
