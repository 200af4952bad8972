package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Tells whether a record of one upload lies at some place; {@link RecordEncoder} mirrors it. */
final class RecordDecoder {
    private static final int TYPE_AT = Short.BYTES;
    private static final int SYNCED_AT = 8;
    private static final int HEAD_BYTES = 16;

    private final JournalWindow window;
    private final JournalChain chain;

    RecordDecoder(JournalWindow window, UploadId id) {
        this.window = window;
        this.chain = new JournalChain(id);
    }

    /** The record that starts there, as the 4 bytes before it and its own chain prove; null if none does. */
    @Nullable
    PlacedRecord at(long offset) throws IOException {
        int length = plausibleLength(offset);
        if (length == 0) {
            return null;
        }
        ByteBuffer bytes = window.bytes(offset - JournalFormat.CRC_BYTES, JournalFormat.CRC_BYTES + length);
        if (bytes == null || !isChained(bytes)) {
            return null;
        }
        ByteBuffer record = bytes.slice(JournalFormat.CRC_BYTES, length);
        long synced = record.getLong(SYNCED_AT);
        JournalRecord content = decode(record);
        return content == null ? null : new PlacedRecord(offset, length, synced, content);
    }

    /** How long a record would be whose first bytes lie there; 0 if no record starts like that. */
    private int plausibleLength(long offset) throws IOException {
        ByteBuffer head = window.bytes(offset, HEAD_BYTES);
        if (head == null) {
            return 0;
        }
        int length = lengthOf(head.get(TYPE_AT));
        long synced = head.getLong(SYNCED_AT);
        boolean plausible = Short.toUnsignedInt(head.getShort(0)) == length
                && head.get(TYPE_AT + 1) == 0
                && synced >= 0
                && synced <= offset;
        return plausible ? length : 0;
    }

    private static int lengthOf(byte type) {
        return switch (type) {
            case JournalFormat.BLOCK -> JournalFormat.BLOCK_BYTES;
            case JournalFormat.EXPECT -> JournalFormat.EXPECT_BYTES;
            case JournalFormat.LOST -> JournalFormat.LOST_BYTES;
            default -> 0;
        };
    }

    private boolean isChained(ByteBuffer bytes) {
        int end = bytes.capacity() - JournalFormat.CRC_BYTES;
        int previous = bytes.getInt(0);
        return chain.next(previous, bytes.slice(JournalFormat.CRC_BYTES, end - JournalFormat.CRC_BYTES))
                == bytes.getInt(end);
    }

    /** Null if the record says what no writer of this version would. */
    private static @Nullable JournalRecord decode(ByteBuffer record) {
        byte type = record.get(TYPE_AT);
        record.position(Integer.BYTES);
        int index = record.getInt();
        record.getLong(); // synced
        int crc = record.getInt();
        if (type == JournalFormat.EXPECT) {
            return decodeExpect(record);
        }
        if (index < 0 || index >= Limits.MAX_BLOCKS) {
            return null;
        }
        return type == JournalFormat.BLOCK ? new JournalRecord.Block(index, crc) : new JournalRecord.Lost(index);
    }

    private static @Nullable JournalRecord decodeExpect(ByteBuffer record) {
        return switch (record.getInt()) {
            case JournalFormat.ALGORITHM_MD5 -> new JournalRecord.Expect(digest(DigestAlgorithm.MD5, record));
            case JournalFormat.ALGORITHM_SHA_256 -> new JournalRecord.Expect(digest(DigestAlgorithm.SHA_256, record));
            default -> null;
        };
    }

    private static Digest digest(DigestAlgorithm algorithm, ByteBuffer record) {
        byte[] value = new byte[algorithm.bytes()];
        record.get(value);
        return new Digest(algorithm, HexFormat.of().formatHex(value));
    }
}
