package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@link JournalRecovery} made of an upload's journal. */
public sealed interface RecoveredJournal {
    /**
     * The journal ends with a valid record and can be continued with {@link JournalWriter#resume}.
     *
     * @param cutBytes how many bytes of a torn tail were cut off, and kept beside; 0 after a clean stop
     */
    record Usable(JournalContents contents, long cutBytes) implements RecoveredJournal {
        public JournalHeader header() {
            return contents.header();
        }

        /**
         * The blocks that lie in the data file, unless that lost some of them: after an unclean stop a block counts only
         * if its bytes still have this checksum.
         */
        public ReceivedBlocks blocks() {
            return contents.blocks();
        }

        /** The digest that the client expects, as named last; null if it has named none. */
        public @Nullable Digest expected() {
            return contents.expected();
        }
    }

    /** Nothing of it was ever durable, not even whose upload it is. Its folder may be removed. */
    record NeverBegun() implements RecoveredJournal {}

    /**
     * What was durable is damaged. Nothing is claimed of this upload; a person may look at it.
     *
     * @param folder where it lies now
     * @param reason in words for the admin
     */
    record Quarantined(Path folder, String reason) implements RecoveredJournal {}

    /** It was written by a newer server; left as it is. */
    record OtherVersion(int version) implements RecoveredJournal {}
}
