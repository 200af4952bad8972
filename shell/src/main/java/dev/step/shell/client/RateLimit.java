package dev.step.shell.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds a transfer back to so many bytes in a second, on the average since it began. For several threads. */
public final class RateLimit {
    private static final double NANOS_IN_SECOND = 1e9;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BLOCKS_IN_SECOND = 4;
    private static final int SMALLEST_BLOCK_BYTES = 1024;

    private final long bytesPerSecond;
    private long free = System.nanoTime();

    /**
     * A limit that starts to count now.
     *
     * @param bytesPerSecond 1 or more
     */
    public RateLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** The largest block that lets the bytes flow evenly. */
    int largestBlock() {
        return (int) Math.max(SMALLEST_BLOCK_BYTES, Math.min(Integer.MAX_VALUE, bytesPerSecond / BLOCKS_IN_SECOND));
    }

    /** Waits until so many bytes may move. */
    void await(Session session, int bytes) throws ClientException {
        long turn = reserve(bytes);
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            session.checkCancelled();
            LockSupport.parkNanos(this, Math.min(left, SLICE_NANOS));
        }
    }

    private synchronized long reserve(int bytes) {
        long turn = Math.max(free, System.nanoTime());
        free = turn + Math.round(bytes * NANOS_IN_SECOND / bytesPerSecond);
        return turn;
    }
}
