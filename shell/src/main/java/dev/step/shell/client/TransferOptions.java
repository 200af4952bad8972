package dev.step.shell.client;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How fast transfers may be.
 *
 * @param connections how many for a large file; empty: as many as make it faster
 * @param limit empty: as fast as it goes
 */
public record TransferOptions(OptionalInt connections, Optional<RateLimit> limit) {
    /** What suits most people. */
    public static final TransferOptions DEFAULT = new TransferOptions(OptionalInt.empty(), Optional.empty());
}
