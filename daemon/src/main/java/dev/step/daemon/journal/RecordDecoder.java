package dev.step.daemon.journal;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
            case JournalFormat.COMPLETE -> JournalFormat.COMPLETE_BYTES;
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
        if (type == JournalFormat.BLOCK) {
            return index >= 0 && index < Limits.MAX_BLOCKS ? new JournalRecord.Block(index, crc) : null;
        }
        return type == JournalFormat.EXPECT ? decodeExpect(record) : decodeComplete(record);
    }

    private static @Nullable JournalRecord decodeExpect(ByteBuffer record) {
        return switch (record.getInt()) {
            case JournalFormat.ALGORITHM_MD5 -> new JournalRecord.Expect(digest(DigestAlgorithm.MD5, record));
            case JournalFormat.ALGORITHM_SHA_256 -> new JournalRecord.Expect(digest(DigestAlgorithm.SHA_256, record));
            default -> null;
        };
    }

    private static @Nullable JournalRecord decodeComplete(ByteBuffer record) {
        int flags = record.getInt();
        Instant modified = Instant.ofEpochMilli(record.getLong());
        Digest md5 = digest(DigestAlgorithm.MD5, record);
        Digest sha256 = digest(DigestAlgorithm.SHA_256, record);
        List<Digest> digests = new ArrayList<>();
        if ((flags & JournalFormat.COMPLETE_FLAG_MD5) != 0) {
            digests.add(md5);
        }
        if ((flags & JournalFormat.COMPLETE_FLAG_SHA_256) != 0) {
            digests.add(sha256);
        }
        if (digests.isEmpty() || (flags & ~JournalFormat.ALL_COMPLETE_FLAGS) != 0) {
            return null;
        }
        return new JournalRecord.Complete(
                digests, (flags & JournalFormat.COMPLETE_FLAG_MODIFIED) != 0 ? modified : null);
    }

    private static Digest digest(DigestAlgorithm algorithm, ByteBuffer record) {
        byte[] value = new byte[algorithm.bytes()];
        record.get(value);
        return new Digest(algorithm, HexFormat.of().formatHex(value));
    }
}
