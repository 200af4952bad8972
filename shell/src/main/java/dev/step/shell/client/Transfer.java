package dev.step.shell.client;

import dev.step.protocol.Digest;
import java.time.Duration;

/**
 * A file that is now on both sides, compared by its digest.
 *
 * @param size in bytes
 * @param moved how much of it had to travel, in bytes
 * @param alreadyThere whether nothing had to travel
 */
public record Transfer(long size, long moved, Duration time, Digest digest, boolean alreadyThere) {}
