package dev.step.shell.bench;

import java.util.Comparator;

/**
 * One thing that is measured again and again.
 *
 * @param connections how many one file travels on
 * @param clients how many do it at the same time
 */
public record BenchCase(Figure figure, Action action, Payload payload, int connections, int clients)
        implements Comparable<BenchCase> {
    private static final Comparator<BenchCase> ORDER = Comparator.comparing(BenchCase::figure)
            .thenComparing(BenchCase::action)
            .thenComparing(what -> what.payload().kind())
            .thenComparingLong(what -> what.payload().size())
            .thenComparingInt(BenchCase::connections)
            .thenComparingInt(BenchCase::clients);

    public BenchCase {
        if (connections < 1 || clients < 1) {
            throw new IllegalArgumentException("connections and clients count from 1");
        }
    }

    /** How many bytes travel when it is done once. */
    public long bytes() {
        return action.movesFiles() ? payload.size() * clients : 0;
    }

    /** What it is, without what its figure compares. */
    public String series() {
        return switch (figure) {
            case SIZES, LATENCY -> action.userName();
            case CONNECTIONS, CLIENTS, FORMATS -> action.userName() + " " + ByteSize.of(payload.size());
        };
    }

    /** In the order of tables. */
    @Override
    public int compareTo(BenchCase other) {
        return ORDER.compare(this, other);
    }
}
