package dev.step.daemon.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that this process has locked.
 *
 * <p>Kept for the whole process, because the operating system does so: POSIX locks belong to a process, which loses
 * its lock as soon as it closes <em>any</em> descriptor of the file. So a file that is locked here must not even be
 * opened to try it again.
 */
final class FileLocks {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private FileLocks() {}

    /** Takes the lock of a file, given without links in its path; the channel comes from opening it. */
    static Optional<Closeable> take(Path file, Opener opener) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<Closeable> lock = Optional.empty();
        try {
            lock = lock(file, opener.open());
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<Closeable> lock(Path file, FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(() -> release(file, channel));
    }

    private static void release(Path file, FileChannel channel) throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }

    /** Opens the file that is to be locked. */
    interface Opener {
        FileChannel open() throws IOException;
    }
}
