package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Writes a journal's records, one after the other; {@link RecordDecoder} mirrors it. */
final class RecordEncoder {
    private static final int PAYLOAD_AT = 20;
    private static final HexFormat HEX = HexFormat.of();

    private final JournalChain chain;
    private int previous;

    /** Continues a journal whose last 4 bytes are the given chain value, or the header's CRC. */
    RecordEncoder(UploadId id, int previous) {
        this.chain = new JournalChain(id);
        this.previous = previous;
    }

    /**
     * The record's bytes, ready to be written.
     *
     * @param synced how far the journal is synced
     */
    ByteBuffer encode(JournalRecord content, long synced) {
        ByteBuffer record = write(content, synced);
        int crcAt = record.capacity() - JournalFormat.CRC_BYTES;
        previous = chain.next(previous, record.duplicate().clear().limit(crcAt));
        return record.clear().putInt(crcAt, previous);
    }

    private static ByteBuffer write(JournalRecord content, long synced) {
        if (content instanceof JournalRecord.Block block) {
            return start(JournalFormat.BLOCK_BYTES, JournalFormat.BLOCK, block.index(), synced)
                    .putInt(block.crc());
        }
        if (content instanceof JournalRecord.Expect expect) {
            return writeExpect(expect.digest(), start(JournalFormat.EXPECT_BYTES, JournalFormat.EXPECT, 0, synced));
        }
        int lost = ((JournalRecord.Lost) content).index();
        return start(JournalFormat.LOST_BYTES, JournalFormat.LOST, lost, synced);
    }

    private static ByteBuffer start(int length, byte type, int index, long synced) {
        return ByteBuffer.allocate(length)
                .putShort((short) length)
                .put(type)
                .put((byte) 0)
                .putInt(index)
                .putLong(synced);
    }

    private static ByteBuffer writeExpect(Digest digest, ByteBuffer record) {
        return record.position(PAYLOAD_AT)
                .putInt(
                        digest.algorithm() == DigestAlgorithm.MD5
                                ? JournalFormat.ALGORITHM_MD5
                                : JournalFormat.ALGORITHM_SHA_256)
                .put(HEX.parseHex(digest.hex()));
    }
}
