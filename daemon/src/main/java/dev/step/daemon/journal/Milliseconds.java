package dev.step.daemon.journal;

import java.time.Instant;

/** The times that a journal can hold: whole milliseconds since 1970, in 64 bits. */
final class Milliseconds {
    private Milliseconds() {}

    /** Refuses a time that would not be read back as it was written. */
    static void check(Instant time) {
        if (time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                || time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))
                || !time.equals(Instant.ofEpochMilli(time.toEpochMilli()))) {
            throw new IllegalArgumentException("not a time in whole milliseconds: " + time);
        }
    }
}
