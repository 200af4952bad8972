package dev.step.shell.client;

import java.time.Duration;

/**
 * How long the line to a server takes for a request and its answer: the least that any has taken on any connection, for a
 * busy machine at either end, or a program that has just started, only adds to it. For several threads.
 */
final class LineDelay {
    /** A line that takes longer may hold more than the least window, and be worth several connections. */
    private static final Duration LONG = Duration.ofMillis(4);

    /** A shell that has just started takes half as long over any line. */
    private static final Duration LONG_TO_CONNECT = Duration.ofMillis(20);

    /** So many answers are not all late because something has just started. */
    private static final int ANSWERS_TO_BE_SURE = 5;

    private long leastNanos = Long.MAX_VALUE;
    private long leastToConnectNanos = Long.MAX_VALUE;
    private int answers;

    /** A connection was made, in so many nanoseconds. */
    synchronized void connected(long nanos) {
        leastToConnectNanos = Math.min(leastToConnectNanos, nanos);
    }

    /** An answer has come, so many nanoseconds after its request. */
    synchronized void answered(long nanos) {
        leastNanos = Math.min(leastNanos, nanos);
        answers++;
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
     * Whether it is certainly long: also when a connection was made, which the other system does without its server, however
     * busy that is. A tunnel's near end does so at once, whatever is behind: then several answers have to say so.
     */
    synchronized boolean isSurelyLong() {
        return isLong() && (leastToConnectNanos >= LONG_TO_CONNECT.toNanos() || answers >= ANSWERS_TO_BE_SURE);
    }
}
