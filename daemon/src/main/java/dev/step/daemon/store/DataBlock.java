package dev.step.daemon.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A block of a file, as it arrived.
 *
 * @param index which one; 0 or more
 * @param bytes from the buffer's position to its limit; the buffer stays its owner's
 * @param checksum their CRC32C, computed once for all who compare or keep it
 */
public record DataBlock(int index, ByteBuffer bytes, int checksum) {
    public static DataBlock of(int index, ByteBuffer bytes) {
        return new DataBlock(index, bytes, checksum(bytes));
    }

    /** The CRC32C of what remains in a buffer. */
    public static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
