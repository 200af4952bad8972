package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What the objects of all users are handled with. */
record SharedParts(
        ObjectStorage storage, Together together, BlockRoom room, KnownFiles knownFiles, InstantSource clock) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static SharedParts of(ObjectStorage storage, InstantSource clock) {
        return new SharedParts(storage, new Together(), new BlockRoom(), new KnownFiles(), clock);
    }

    Garbage garbage() {
        return new Garbage(storage, clock);
    }

    /** Names an upload, or a file's content. */
    UploadId newId() {
        return UploadId.random(RANDOM);
    }

    /** The time, as objects can hold it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
