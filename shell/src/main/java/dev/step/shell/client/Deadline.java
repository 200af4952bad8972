package dev.step.shell.client;

import dev.step.protocol.frame.MessageClock;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The time by which an answer has to be here. When it passes, what was given at construction is run, on a thread of this
 * class: it closes the socket, which ends any wait on it. Setting and clearing cost one write each.
 */
final class Deadline implements MessageClock, Closeable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int CHECKS = 100; // in one limit
    private static final long SHORTEST_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long limitNanos;
    private final Runnable onExpiry;
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Deadline::daemon);
    private final ScheduledFuture<?> checks;
    private volatile long end = NEVER; // in nanoseconds since the start
    private volatile boolean expired;

    Deadline(Duration limit, Runnable onExpiry) {
        this.limitNanos = limit.toNanos();
        this.onExpiry = onExpiry;
        long checkNanos = Math.max(SHORTEST_CHECK_NANOS, limitNanos / CHECKS);
        this.checks = timer.scheduleWithFixedDelay(this::check, checkNanos, checkNanos, TimeUnit.NANOSECONDS);
    }

    /** The limit counts from now, with some more time for what is slow by its size. */
    void start(Duration allowance) {
        end = now() + limitNanos + allowance.toNanos();
    }

    /** Nothing is awaited. */
    void clear() {
        end = NEVER;
    }

    boolean hasExpired() {
        return expired;
    }

    @Override
    public void messageBegins() {}

    @Override
    public void messageMustEndWithin(int millis) {
        end = Math.min(end, now() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void check() {
        if (now() >= end) {
            expired = true;
            onExpiry.run();
            close();
        }
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public void close() {
        checks.cancel(false);
        timer.shutdown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "answer-deadline");
        thread.setDaemon(true);
        return thread;
    }
}
