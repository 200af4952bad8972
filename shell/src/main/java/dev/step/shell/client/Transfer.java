package dev.step.shell.client;

import dev.step.protocol.Digest;
import java.time.Duration;

/**
 * A file that is now on both sides, compared by its digest.
 *
 * @param size in bytes
 * @param alreadyThere whether nothing had to travel
 */
public record Transfer(long size, Duration time, Digest digest, boolean alreadyThere) {}
