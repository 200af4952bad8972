package dev.step.shell.client;

import java.time.Duration;

/**
 * How long the line to a server takes for a request and its answer: the least that any has taken on any connection, for a
 * busy machine at either end only adds to it. For several threads.
 */
final class LineDelay {
    private long leastNanos = Long.MAX_VALUE;

    /** An answer has come, so many nanoseconds after its request. */
    synchronized void answered(long nanos) {
        leastNanos = Math.min(leastNanos, nanos);
    }

    /** Zero before the first answer. */
    synchronized Duration least() {
        return Duration.ofNanos(leastNanos == Long.MAX_VALUE ? 0 : leastNanos);
    }
}
