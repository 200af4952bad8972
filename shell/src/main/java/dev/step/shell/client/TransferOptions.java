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
    /** So much is sent, or asked for, ahead of the answers at first, in bytes. */
    public static final int FIRST_AHEAD_BYTES = 4 << 20;

    /** No more than that, even on a long line; in bytes. Enough for 1 Gbit/s over half the world. */
    public static final int MOST_AHEAD_BYTES = 32 << 20;

    /** What suits most people. */
    public static final TransferOptions DEFAULT = new TransferOptions(OptionalInt.empty(), Optional.empty());

    /** One file at a time. */
    public TransferOptions(OptionalInt connections, Optional<RateLimit> limit) {
        this(connections, 1, limit);
    }
}
