package dev.step.daemon.journal;

/**
 * Where the next record of a journal goes.
 *
 * @param offset in bytes from the journal's start
 * @param chain the 4 bytes before it
 * @param synced the journal's bytes before this offset are known to be on the disk
 */
record JournalEnd(long offset, int chain, long synced) {}
