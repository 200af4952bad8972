package dev.step.daemon.store;

/**
 * What a user's complete files take.
 *
 * @param files how many there are
 * @param bytes the sum of their sizes
 */
public record Usage(long files, long bytes) {
    public static final Usage NOTHING = new Usage(0, 0);

    /** With one more file of this size. */
    public Usage with(long size) {
        return new Usage(files + 1, bytes + size);
    }

    /** With one file of this size less. */
    public Usage without(long size) {
        return new Usage(files - 1, bytes - size);
    }
}
