package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open file that several threads use and any of them may end: it is closed when it is retired and the last lease has
 * been given back, never under somebody's hands.
 */
final class LeasedFile {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedFile.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final DiskFile file;
    private int leases;
    private boolean retired;

    LeasedFile(DiskFile file) {
        this.file = file;
    }

    /** The file; only for whoever has a lease. */
    DiskFile file() {
        return file;
    }

    /** Takes a lease; false if the file is retired. */
    boolean lease() {
        lock.lock();
        try {
            if (!retired) {
                leases++;
            }
            return !retired;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a lease back. */
    void release() {
        lock.lock();
        try {
            leases--;
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** No more leases; to be called once. */
    void retire() {
        lock.lock();
        try {
            retired = true;
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** What had to be durable has been synced, so nothing is lost when closing fails. */
    private void closeIfUnused() {
        if (!retired || leases > 0) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("Could not close a file of an upload", e);
        }
    }
}
