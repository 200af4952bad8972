package dev.step.daemon.store.disk;

import java.time.Duration;

/**
 * What an admin decides about a store.
 *
 * @param durability what survives a power cut
 * @param uploadExpiry how long an unfinished upload is kept that nobody continues
 * @param minFreeBytes how much of the disk is never promised to uploads
 * @param scrubBytesPerSecond how fast files are read again to find out which are damaged; 0: they are not
 */
public record StoreSettings(Durability durability, Duration uploadExpiry, long minFreeBytes, long scrubBytesPerSecond) {
    /** What is good for most. */
    public static final StoreSettings DEFAULT = new StoreSettings(Durability.FILE, Duration.ofDays(7), 64L << 20, 0);

    public StoreSettings {
        if (uploadExpiry.isNegative() || uploadExpiry.isZero() || minFreeBytes < 0 || scrubBytesPerSecond < 0) {
            throw new IllegalArgumentException(uploadExpiry + ", " + minFreeBytes + ", " + scrubBytesPerSecond);
        }
    }
}
