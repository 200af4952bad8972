package dev.step.daemon.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Computes the chain values of one upload's journal. Not safe for several threads. */
final class JournalChain {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer prefix;

    JournalChain(UploadId id) {
        this.prefix = ByteBuffer.allocate(UploadId.BYTES + Integer.BYTES)
                .putLong(id.high())
                .putLong(id.low());
    }

    /** The chain value of a record: the given bytes, from position to limit, are all of it before that value. */
    int next(int previous, ByteBuffer record) {
        prefix.putInt(UploadId.BYTES, previous);
        crc.reset();
        crc.update(prefix.array());
        crc.update(record);
        return (int) crc.getValue();
    }
}
