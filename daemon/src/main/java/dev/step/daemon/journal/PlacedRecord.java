package dev.step.daemon.journal;

/**
 * A record and where it lies.
 *
 * @param offset of its first byte in the journal
 * @param length in bytes
 * @param synced the journal's bytes before this offset were on the disk when the record was made
 */
record PlacedRecord(long offset, int length, long synced, JournalRecord content) {
    /** Where the next record starts, and the last 4 bytes before which are this one's chain. */
    long end() {
        return offset + length;
    }
}
