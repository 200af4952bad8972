package dev.step.daemon.journal;

/** How a journal ends. Offsets are bytes from its start; {@link JournalFormat} tells how the cases are told apart. */
sealed interface JournalEnding {
    /** With its last record. */
    record Whole(long length) implements JournalEnding {}

    /**
     * With bytes that are no record and never were synced.
     *
     * @param at where they begin: the end of the last record, or 0 if there is no header
     */
    record Torn(long at, long length) implements JournalEnding {}

    /**
     * Bytes are not what was written and synced.
     *
     * @param at where the first of them lie
     * @param reason in words for the admin
     */
    record Damaged(long at, String reason) implements JournalEnding {}

    /** It is of a version that this server does not know. */
    record OtherVersion(int version) implements JournalEnding {}
}
