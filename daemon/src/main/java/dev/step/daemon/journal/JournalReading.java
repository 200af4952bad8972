package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.util.Optional;

/**
 * All of a journal.
 *
 * @param contents what the valid records say; empty if there is no valid header
 */
record JournalReading(Optional<JournalContents> contents, JournalEnding ending) {
    /** Reads the journal of this upload; fails only if the file cannot be read. */
    static JournalReading of(DiskFile file, UploadId id) throws IOException {
        JournalDecoder decoder = new JournalDecoder(file, id);
        Optional<JournalHeader> header = decoder.header();
        if (header.isEmpty()) {
            return new JournalReading(Optional.empty(), decoder.ending());
        }
        JournalContents contents = JournalContents.read(header.get(), decoder);
        return new JournalReading(Optional.of(contents), decoder.ending());
    }
}
