package dev.step.daemon.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many bytes of messages go one way, before TLS, and how fast. Counted by a connection's thread, or by those of all;
 * looked at by others.
 */
final class Traffic {
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongAdder bytes = new LongAdder();
    private long sampledBytes;
    private long sampledAt;
    private volatile long bytesPerSecond;

    /** @param nowNanos as {@link System#nanoTime} says */
    Traffic(long nowNanos) {
        this.sampledAt = nowNanos;
    }

    void add(long count) {
        bytes.add(count);
    }

    /** Finds out how fast it is, now and then; by one thread, as often as it likes. */
    void sample(long nowNanos) {
        long elapsed = nowNanos - sampledAt;
        if (elapsed >= SAMPLE_NANOS) {
            long now = bytes.sum();
            bytesPerSecond = (long) ((now - sampledBytes) * (double) TimeUnit.SECONDS.toNanos(1) / elapsed);
            sampledBytes = now;
            sampledAt = nowNanos;
        }
    }

    Flow flow() {
        return new Flow(bytes.sum(), bytesPerSecond);
    }
}
