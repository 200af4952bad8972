package dev.step.shell.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Finds out how many connections are worth it: tries twice as many as long as that makes things clearly faster, and goes back
 * to those before when it does not. What it has found out holds for the next file too. For one thread at a time.
 */
final class Growth {
    /** So many answers of the line a new connection takes to find out how fast it can be; TCP starts slowly. */
    private static final int SETTLING_ANSWERS = 8;

    private static final int MEASURED_ANSWERS = 6;
    /** In less, a few blocks more or less would decide. */
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(250);

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(2);
    private static final double CLEARLY_FASTER = 1.15;
    /** A try in vain costs about as much as it takes: connections that stay need a while to be as fast as before. */
    private static final int TRIES_TO_PAY_FOR_ONE = 10;

    private final int most;
    private final long settlingNanos;
    private final long measuredNanos;
    private final LongSupplier nanoTime;
    private int wanted;
    private int proven;
    private double provenRate;
    private boolean tries;
    private boolean isSettled;
    private boolean measures;
    private long expected;
    private long phaseStart;
    private long bytesBefore;

    /**
     * Begins with some.
     *
     * @param first how many, 1 or more
     * @param most as many as it will ever want, no fewer than the first
     * @param answer how long the line takes for an answer
     */
    Growth(int first, int most, Duration answer) {
        this(first, most, answer, System::nanoTime);
    }

    Growth(int first, int most, Duration answer, LongSupplier nanoTime) {
        this.most = most;
        this.settlingNanos = interval(answer.multipliedBy(SETTLING_ANSWERS));
        this.measuredNanos = interval(answer.multipliedBy(MEASURED_ANSWERS));
        this.nanoTime = nanoTime;
        this.wanted = first;
        this.proven = first;
        this.isSettled = first == most;
    }

    /** So many, come what may. */
    static Growth fixed(int connections) {
        return new Growth(connections, connections, Duration.ZERO);
    }

    private static long interval(Duration wished) {
        return Math.max(LEAST_INTERVAL.toNanos(), Math.min(LONGEST_INTERVAL.toNanos(), wished.toNanos()));
    }

    /** How many there should be. */
    int wanted() {
        return wanted;
    }

    /** So many bytes begin to move; how those before them did does not count for the next step. */
    void begin(long bytes) {
        expected = bytes;
        startPhase(false, 0);
    }

    /**
     * Looks at how it goes. To be called often.
     *
     * @param bytes how many have moved since {@link #begin}, on all connections
     * @param working how many connections move them
     * @return how many there should be now
     */
    int look(long bytes, int working) {
        long inPhase = nanoTime.getAsLong() - phaseStart;
        if (isSettled) {
            return wanted;
        }
        if (working != wanted) {
            startPhase(false, bytes); // those that are about to come, or to leave, would blur it
        } else if (!measures && inPhase >= settlingNanos) {
            startPhase(true, bytes);
        } else if (measures && inPhase >= measuredNanos) {
            judge((double) (bytes - bytesBefore) / inPhase, expected - bytes);
            startPhase(false, bytes);
        }
        return wanted;
    }

    private void judge(double rate, long left) {
        if (tries && rate < provenRate * CLEARLY_FASTER) {
            wanted = proven;
            isSettled = true;
            return;
        }
        proven = wanted;
        provenRate = rate;
        tries = left > TRIES_TO_PAY_FOR_ONE * (settlingNanos + measuredNanos) * rate;
        wanted = tries ? Math.min(most, 2 * wanted) : wanted;
        isSettled = proven == most;
    }

    /** There will be no more than these, for one was refused or lost. */
    void endWith(int working) {
        wanted = Math.max(1, Math.min(wanted, working));
        isSettled = true;
    }

    private void startPhase(boolean newMeasures, long bytes) {
        measures = newMeasures;
        phaseStart = nanoTime.getAsLong();
        bytesBefore = bytes;
    }
}
