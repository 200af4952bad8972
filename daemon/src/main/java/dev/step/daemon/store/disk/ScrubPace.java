package dev.step.daemon.store.disk;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reads no more than so many bytes a second, until it is ended. */
final class ScrubPace implements ReadPace {
    private final long bytesPerSecond;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Until when what was read so far takes; {@link System#nanoTime}. */
    private long busyUntil = System.nanoTime();

    /** @param bytesPerSecond 1 or more */
    ScrubPace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public void read(int bytes) throws InterruptedIOException {
        long now = System.nanoTime();
        long from = Math.max(busyUntil - now, 0) + now; // time that was not used is not made up for
        busyUntil = from + (long) ((double) bytes / bytesPerSecond * TimeUnit.SECONDS.toNanos(1));
        await(busyUntil - now);
    }

    /** Waits until so much time has passed since some {@link System#nanoTime}. */
    void awaitSince(long begun, Duration time) throws InterruptedIOException {
        await(time.toNanos() - (System.nanoTime() - begun));
    }

    private void await(long nanos) throws InterruptedIOException {
        try {
            if (ended.await(nanos, TimeUnit.NANOSECONDS)) {
                throw new InterruptedIOException("The store is being closed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Nothing is to be read any more. */
    void end() {
        ended.countDown();
    }
}
