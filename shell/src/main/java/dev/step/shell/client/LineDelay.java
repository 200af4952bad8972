package dev.step.shell.client;

import java.time.Duration;

/**
 * How long the line to a server takes for a request and its answer: the least that any has taken on any connection of a
 * session, for a busy machine at either end, or a program that has just started, only adds to it. For several threads.
 */
final class LineDelay {
    /** A line that takes longer may hold more than the least window, and be worth several connections. */
    private static final Duration LONG = Duration.ofMillis(4);

    /** To connect takes a shell that has just started up to half as long, over any line. */
    private static final Duration LONG_TO_CONNECT = Duration.ofMillis(20);

    private long leastNanos = Long.MAX_VALUE;
    private long leastToConnectNanos = Long.MAX_VALUE;
    private boolean isConfirmed;

    /** A connection was made, in so many nanoseconds. */
    synchronized void connected(long nanos) {
        leastToConnectNanos = Math.min(leastToConnectNanos, nanos);
    }

    /** An answer has come, so many nanoseconds after its request. */
    synchronized void answered(long nanos) {
        leastNanos = Math.min(leastNanos, nanos);
    }

    /** The server was asked again, what takes it no time: what the answers have shown is so. */
    synchronized void confirm() {
        isConfirmed = true;
    }

    /** Zero before the first answer. */
    synchronized Duration least() {
        return Duration.ofNanos(leastNanos == Long.MAX_VALUE ? 0 : leastNanos);
    }

    /** Whether it is long, as far as its answers have shown. */
    boolean isLong() {
        return least().compareTo(LONG) >= 0;
    }

    /**
     * Whether it is long, and not only its server slow: connecting took long, too, which the system at the other end does
     * without its server; or, as the near end of a tunnel connects at once, that was confirmed.
     */
    synchronized boolean isSurelyLong() {
        return isLong() && (isConfirmed || leastToConnectNanos >= LONG_TO_CONNECT.toNanos());
    }
}
