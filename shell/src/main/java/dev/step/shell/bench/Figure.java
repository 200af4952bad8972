package dev.step.shell.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A question that a run answers, with what it compares. */
public enum Figure {
    SIZES("How does the time depend on the size of a file?"),
    /** Over the core protocol, as any client speaks it: one request at a time on each connection. */
    CONNECTIONS("What do more connections for one file bring?"),
    CLIENTS("What does one client notice of others at the same time?"),
    FORMATS("Does it matter what is in a file?"),
    LATENCY("How long does a small request take?");

    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final int REQUESTS_IN_A_ROW = 50;

    private final String question;

    Figure(String question) {
        this.question = question;
    }

    /** The figure that the user calls so. */
    public static Optional<Figure> find(String name) {
        return Arrays.stream(values())
                .filter(figure -> figure.userName().equals(name))
                .findFirst();
    }

    public String userName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String question() {
        return question;
    }

    /** What counts when the user names no sizes, in bytes. */
    List<Long> usualSizes() {
        return switch (this) {
            case SIZES -> List.of(256 * KIB, MIB, 5 * MIB, 10 * MIB, 20 * MIB, 50 * MIB);
            case CONNECTIONS -> List.of(50 * MIB);
            case CLIENTS, FORMATS -> List.of(10 * MIB);
            case LATENCY -> List.of(1L);
        };
    }

    /** How often a case is done before the next one's turn: one small request alone would say little. */
    int timesInARow() {
        return this == LATENCY ? REQUESTS_IN_A_ROW : 1;
    }

    /** What a case stands for on the axis of this figure. */
    public String position(BenchCase what) {
        return switch (this) {
            case SIZES -> ByteSize.of(what.payload().size());
            case CONNECTIONS -> Integer.toString(what.connections());
            case CLIENTS -> Integer.toString(what.clients());
            case FORMATS -> what.payload().kind().userName();
            case LATENCY ->
                what.action().movesFiles()
                        ? what.action().userName() + " 1 B"
                        : what.action().userName();
        };
    }

    /** What the positions are of. */
    public String axis() {
        return switch (this) {
            case SIZES -> "file size";
            case CONNECTIONS -> "connections";
            case CLIENTS -> "clients at once";
            case FORMATS -> "format";
            case LATENCY -> "request";
        };
    }
}
