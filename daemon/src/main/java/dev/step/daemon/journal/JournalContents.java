package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's header and valid records say together.
 *
 * @param expected the digest that the client expects; null if it has named none
 */
record JournalContents(
        JournalHeader header,
        ReceivedBlocks blocks,
        @Nullable Digest expected,
        JournalEnd end) {

    /** Reads what is left to read, up to the journal's ending; there has to be a header. */
    static JournalContents read(JournalHeader header, JournalDecoder decoder) throws IOException {
        ReceivedBlocks blocks = new ReceivedBlocks(header.plan().totalBlocks());
        Digest expected = header.check().expected();
        for (PlacedRecord record = decoder.next(); record != null; record = decoder.next()) {
            if (record.content() instanceof JournalRecord.Block block) {
                blocks.add(block.index(), block.crc());
            } else if (record.content() instanceof JournalRecord.Expect expect) {
                expected = expect.digest();
            } else if (record.content() instanceof JournalRecord.Lost lost) {
                blocks.remove(lost.index());
            }
        }
        return new JournalContents(header, blocks, expected, decoder.end());
    }
}
