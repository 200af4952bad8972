package dev.step.shell.client;

import dev.step.protocol.Digest;
import java.time.Duration;

/**
 * A file that is now on both sides, compared by its digest.
 *
 * @param size in bytes
 * @param moved how much of it had to travel, in bytes
 * @param connections how many moved it at the same time, at most; none if it was there already
 */
public record Transfer(long size, long moved, Duration time, Digest digest, int connections) {
    /** Whether nothing had to travel. */
    public boolean alreadyThere() {
        return connections == 0;
    }
}
