package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.Refusals;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The disk's free space less what unfinished uploads were promised and have not used yet; and who may have how much of it.
 * Safe for any number of threads.
 */
final class SpaceLedger {
    private final ReentrantLock lock = new ReentrantLock();
    private final Disk disk;
    private final Path root;
    private final long minFreeBytes;
    private volatile Quotas quotas = Quotas.NONE;
    private long promised;

    SpaceLedger(Disk disk, Path root, long minFreeBytes) {
        this.disk = disk;
        this.root = root;
        this.minFreeBytes = minFreeBytes;
    }

    /** Lets users have so much from now on. */
    void limit(Quotas newQuotas) {
        quotas = newQuotas;
    }

    /** What a user's files may take. */
    Quota quota(UserName user) throws IOException {
        return quotas.of(user);
    }

    /**
     * Promises room for a file.
     *
     * @throws RefusedException 413 when there is not that much
     */
    void promise(long bytes) throws IOException, RefusedException {
        lock.lock();
        try {
            long available = available();
            if (bytes > available) {
                throw Refusals.noRoom(bytes, available);
            }
            promised += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Notes, unasked, what an upload was promised before: positive; or what it has used or will not use: negative. */
    void adjust(long bytes) {
        lock.lock();
        try {
            promised += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** What can still be promised, in bytes. */
    long available() throws IOException {
        lock.lock();
        try {
            return Math.max(0, disk.freeBytes(root) - minFreeBytes - promised);
        } finally {
            lock.unlock();
        }
    }
}
