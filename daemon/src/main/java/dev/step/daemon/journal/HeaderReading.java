package dev.step.daemon.journal;

/** What lies where a journal's header should be. */
sealed interface HeaderReading {
    /** A header of this many bytes. */
    record Found(JournalHeader header, int length) implements HeaderReading {}

    /** Not, or no longer, the bytes of a whole header. */
    record Unreadable() implements HeaderReading {}

    /** A whole header, as the CRC proves, that cannot be one of this upload. */
    record Impossible(String reason) implements HeaderReading {}

    /** A whole header of a version that this server does not know. */
    record OtherVersion(int version) implements HeaderReading {}
}
