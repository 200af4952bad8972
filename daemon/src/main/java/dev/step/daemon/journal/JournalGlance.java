package dev.step.daemon.journal;

/**
 * What can be told of a journal by its header and its last bytes.
 *
 * @param endsComplete whether its last record says that everything is there. Whoever acts upon it has to
 *     {@linkplain JournalRecovery#recover recover} the journal first: what lies between has not been looked at
 */
public record JournalGlance(JournalHeader header, boolean endsComplete) {}
