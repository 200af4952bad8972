package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Syncs that threads share: one sync serves all who asked for it before it began. Safe for any number of threads.
 *
 * <p>A sync that failed has failed for good, because the next one would say nothing about what this one lost.
 */
final class GroupSync {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Sync sync;
    /** Calls so far; each wants a sync that begins after it. */
    private long asked;
    /** The calls that syncs have served. */
    private long served;

    private boolean running;
    private @Nullable IOException failure;

    GroupSync(Sync sync) {
        this.sync = sync;
    }

    /** Returns once everything is durable that was written before. */
    void sync() throws IOException {
        lock.lock();
        try {
            long ticket = ++asked;
            while (served < ticket) {
                if (failure != null) {
                    throw new IOException("A sync has failed before: " + failure.getMessage(), failure);
                }
                if (running) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() throws IOException {
        long serves = asked;
        running = true;
        lock.unlock();
        IOException failed = null;
        try {
            sync.run();
        } catch (IOException e) {
            failed = e;
        } finally {
            lock.lock();
            running = false;
            ended.signalAll();
        }
        if (failed != null) {
            failure = failed;
            throw failed;
        }
        served = serves;
    }

    /** What makes the bytes durable: {@link DiskFile#sync}, or more. */
    interface Sync {
        void run() throws IOException;
    }
}
