package dev.step.shell.client;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How fast transfers may be.
 *
 * @param connections how many for a large file; empty: as many as make it faster
 * @param jobs how many files are transferred at the same time; together they get no more connections than one file
 * @param limit empty: as fast as it goes
 */
public record TransferOptions(OptionalInt connections, int jobs, Optional<RateLimit> limit) {
    /** What suits most people. */
    public static final TransferOptions DEFAULT = new TransferOptions(OptionalInt.empty(), Optional.empty());

    /** One file at a time. */
    public TransferOptions(OptionalInt connections, Optional<RateLimit> limit) {
        this(connections, 1, limit);
    }
}
