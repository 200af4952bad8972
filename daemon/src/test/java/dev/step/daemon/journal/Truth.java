package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.protocol.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's first records say, worked out without the code under test.
 *
 * @param blocks the CRC of each received block
 */
record Truth(Map<Integer, Integer> blocks, @Nullable Digest expected) {
    /** The truth after this many records. */
    static Truth after(int count, SampleJournal journal) {
        Map<Integer, Integer> blocks = new HashMap<>();
        Digest expected = SampleJournal.HEADER.check().expected();
        for (PlacedRecord record : journal.records.subList(0, count)) {
            if (record.content() instanceof JournalRecord.Block block) {
                blocks.put(block.index(), block.crc());
            } else if (record.content() instanceof JournalRecord.Expect expect) {
                expected = expect.digest();
            } else if (record.content() instanceof JournalRecord.Lost lost) {
                blocks.remove(lost.index());
            }
        }
        return new Truth(blocks, expected);
    }

    static Truth of(RecoveredJournal.Usable journal) {
        Map<Integer, Integer> blocks = new HashMap<>();
        ReceivedBlocks found = journal.blocks();
        for (int i = found.firstReceived(0); i >= 0; i = found.firstReceived(i + 1)) {
            blocks.put(i, found.checksum(i));
        }
        return new Truth(blocks, journal.expected());
    }

    /** Whatever happened to the journal: what is claimed of it was true once. */
    static void checkClaims(RecoveredJournal recovered, SampleJournal journal, String damage) {
        if (recovered instanceof RecoveredJournal.Usable usable) {
            assertEquals(SampleJournal.HEADER, usable.header(), damage);
            int records = recordsBefore(usable.contents().end().offset(), journal.records);
            assertEquals(
                    journal.offset(records), usable.contents().end().offset(), damage + ": ends between two records");
            assertEquals(Truth.after(records, journal), Truth.of(usable), damage);
        }
    }

    private static int recordsBefore(long offset, List<PlacedRecord> records) {
        return (int) records.stream().filter(record -> record.offset() < offset).count();
    }
}
