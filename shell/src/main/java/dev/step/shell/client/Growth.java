package dev.step.shell.client;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Finds out how many connections are worth it: one more as long as the last one made things clearly faster. */
final class Growth {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double CLEARLY_FASTER = 1.1;

    private final int most;
    private final LongSupplier nanoTime;
    private int connections = 1;
    private long intervalStart;
    private long bytesBefore;
    private double rateBefore;
    private boolean worthIt = true;

    /** Begins with one of at most so many. */
    Growth(int most) {
        this(most, System::nanoTime);
    }

    Growth(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        this.intervalStart = nanoTime.getAsLong();
    }

    /**
     * Whether one more connection is to be opened, which then counts.
     *
     * @param bytes how many have moved so far, on all connections
     */
    boolean wantsMore(long bytes) {
        long now = nanoTime.getAsLong();
        if (!worthIt || now - intervalStart < INTERVAL_NANOS) {
            return false;
        }
        double rate = (double) (bytes - bytesBefore) / (now - intervalStart);
        worthIt = rate > rateBefore * CLEARLY_FASTER && connections < most;
        intervalStart = now;
        bytesBefore = bytes;
        rateBefore = rate;
        connections += worthIt ? 1 : 0;
        return worthIt;
    }
}
