package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault at every byte of journals that were synced here and there, or never. */
final class JournalDamageTest {
    /** Each single bit, all bits, and what makes small numbers larger or a byte zero or full. */
    private static final List<Integer> FLIPS =
            List.of(0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, 0x55, 0xAA);

    static Stream<SampleJournal> journals() {
        return Stream.of(
                new SampleJournal(),
                new SampleJournal().sync().blocks(2),
                new SampleJournal().blocks(7).expect(SampleJournal.SHA_256).blocks(6),
                new SampleJournal().blocks(4).sync().blocks(9),
                new SampleJournal().blocks(4).sync().blocks(1),
                new SampleJournal()
                        .blocks(4)
                        .sync()
                        .blocks(3)
                        .sync()
                        .expect(SampleJournal.MD5)
                        .blocks(5),
                new SampleJournal().blocks(12).sync().lost(3),
                new SampleJournal()
                        .sync()
                        .blocks(5)
                        .expect(SampleJournal.MD5)
                        .blocks(7)
                        .sync()
                        .lost(3));
    }

    @ParameterizedTest
    @MethodSource("journals")
    void journalCutAtAnyByteKeepsTheRecordsBeforeIt(SampleJournal journal) throws IOException {
        for (int cut = 0; cut <= journal.length(); cut++) {
            String damage = "cut at " + cut + " of " + journal.length();
            RecoveredJournal recovered = SampleJournal.recover(Arrays.copyOf(journal.bytes(), cut));
            Truth.checkClaims(recovered, journal, damage);
            if (cut < journal.headerLength) {
                assertInstanceOf(RecoveredJournal.NeverBegun.class, recovered, damage);
            } else {
                int end = lastBoundaryUpTo(cut, journal);
                var usable = assertInstanceOf(RecoveredJournal.Usable.class, recovered, damage);
                assertEquals(end, usable.contents().end().offset(), damage);
                assertEquals(cut - end, usable.cutBytes(), damage);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("journals")
    void byteFlippedAnywhereIsCutOffOrQuarantinedNeverBelieved(SampleJournal journal) throws IOException {
        for (int place = 0; place < journal.length(); place++) {
            for (int flip : FLIPS) {
                byte[] bytes = journal.bytes();
                bytes[place] ^= (byte) flip;
                RecoveredJournal recovered = SampleJournal.recover(bytes);
                String damage = "byte " + place + " flipped by " + flip;
                Truth.checkClaims(recovered, journal, damage);
                checkDecision(recovered, journal, place, damage);
            }
        }
    }

    /** The rule: damage goes into quarantine if any record that was not hit itself says that those bytes were synced. */
    private static void checkDecision(RecoveredJournal recovered, SampleJournal journal, int place, String damage) {
        int end = place < journal.headerLength ? 0 : lastBoundaryUpTo(place, journal);
        long synced = journal.records.stream()
                .filter(record -> place < record.offset() - JournalFormat.CRC_BYTES || place >= record.end())
                .mapToLong(PlacedRecord::synced)
                .max()
                .orElse(0);
        if (synced > end) {
            assertInstanceOf(RecoveredJournal.Quarantined.class, recovered, damage);
        } else if (end == 0) {
            assertInstanceOf(RecoveredJournal.NeverBegun.class, recovered, damage);
        } else {
            var usable = assertInstanceOf(RecoveredJournal.Usable.class, recovered, damage);
            assertEquals(end, usable.contents().end().offset(), damage);
            assertEquals(journal.length() - end, usable.cutBytes(), damage);
        }
    }

    private static int lastBoundaryUpTo(int place, SampleJournal journal) {
        return IntStream.rangeClosed(0, journal.records.size())
                .map(journal::offset)
                .filter(offset -> offset <= place)
                .max()
                .orElseThrow();
    }
}
