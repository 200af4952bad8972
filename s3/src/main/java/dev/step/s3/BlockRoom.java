package dev.step.s3;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that blocks and whole files may take on their way to the bucket, for all uploads of a server. Once half of it is
 * taken, nothing waits any more for more blocks to be stored with: so whoever waits for room gets some. Safe for any number of
 * threads.
 */
final class BlockRoom {
    /** Of the heap; segments are put together in memory of about the same size. */
    private static final int SHARE_OF_HEAP = 8;
    /** Some segments, however small the heap is. */
    private static final long LEAST_BYTES = 4L * Segment.MOST_BYTES;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final long bytes;
    private long taken;

    BlockRoom() {
        this(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    BlockRoom(long bytes) {
        this.bytes = bytes;
    }

    /** Takes so many bytes, which are less than half of all; waits until there are as many. */
    void take(int wanted) {
        lock.lock();
        try {
            while (taken + wanted > bytes) {
                given.awaitUninterruptibly();
            }
            taken += wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Gives so many back. */
    void giveBack(int unused) {
        lock.lock();
        try {
            taken -= unused;
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody should keep what could be stored. */
    boolean isScarce() {
        lock.lock();
        try {
            return taken > bytes / 2;
        } finally {
            lock.unlock();
        }
    }
}
