package dev.step.daemon.store.disk;

import dev.step.daemon.journal.UploadIdentity;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the uploads of all users share.
 *
 * @param sequence the number of the latest upload
 */
record StoreUploads(
        UploadFolders folders,
        UploadFiles files,
        SharedSyncs syncs,
        SpaceLedger space,
        InstantSource clock,
        AtomicLong sequence) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Identifies the upload in this folder as the latest. */
    UploadIdentity identify(UploadFolder folder) {
        return new UploadIdentity(
                folder.id(),
                RANDOM.nextLong(),
                sequence.incrementAndGet(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
