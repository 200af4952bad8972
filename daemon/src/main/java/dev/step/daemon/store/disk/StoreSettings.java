package dev.step.daemon.store.disk;

import java.time.Duration;

/**
 * What an admin decides about a store.
 *
 * @param durability what survives a power cut
 * @param uploadExpiry how long an unfinished upload is kept that nobody continues
 * @param minFreeBytes how much of the disk is never promised to uploads
 */
public record StoreSettings(Durability durability, Duration uploadExpiry, long minFreeBytes) {
    /** What is good for most. */
    public static final StoreSettings DEFAULT = new StoreSettings(Durability.FILE, Duration.ofDays(7), 64L << 20);

    public StoreSettings {
        if (uploadExpiry.isNegative() || uploadExpiry.isZero() || minFreeBytes < 0) {
            throw new IllegalArgumentException(uploadExpiry + ", " + minFreeBytes);
        }
    }
}
