package dev.step.daemon.store;

/**
 * What a user's complete files take.
 *
 * @param files how many there are
 * @param bytes the sum of their sizes
 */
public record Usage(long files, long bytes) {}
