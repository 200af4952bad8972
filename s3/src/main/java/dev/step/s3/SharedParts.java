package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What the objects of all users are handled with. */
record SharedParts(ObjectStorage storage, Garbage garbage, Together together, BlockRoom room, InstantSource clock) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Names an upload, or a file's content. */
    UploadId newId() {
        return UploadId.random(RANDOM);
    }

    /** The time, as objects can hold it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
