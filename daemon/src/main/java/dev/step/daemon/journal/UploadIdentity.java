package dev.step.daemon.journal;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Which upload it is.
 *
 * @param salt random, so that records left over from any other journal cannot continue this one
 * @param sequence counts the uploads of a store: of two, the larger is the later SAVE; 0 or more
 * @param created to the millisecond
 */
public record UploadIdentity(UploadId id, long salt, long sequence, Instant created) {
    public UploadIdentity {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        Milliseconds.check(created);
    }

    /** A new upload, from a source of randomness that nobody can predict. */
    public static UploadIdentity fresh(RandomGenerator random, long sequence, Instant created) {
        return new UploadIdentity(UploadId.random(random), random.nextLong(), sequence, created);
    }
}
