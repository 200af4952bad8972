package dev.step.shell.bench;

/**
 * One measurement.
 *
 * @param round from 1
 * @param index which one of the round's it is: of several clients, or of several requests in a row; from 0
 */
public record Sample(BenchCase what, int round, int index, long nanos) {
    private static final double NANOS_IN_SECOND = 1e9;

    public Sample {
        if (round < 1 || index < 0 || nanos < 0) {
            throw new IllegalArgumentException("a sample has a round from 1, an index from 0 and a time from 0");
        }
    }

    public double seconds() {
        return nanos / NANOS_IN_SECOND;
    }
}
