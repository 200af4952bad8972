package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import dev.step.protocol.BlockPlan;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/** Compares the received blocks with their bytes in the data file. */
public record BlockCheck(BlockPlan plan, ReceivedBlocks blocks) {
    private static final int MAX_RANGES = 20;

    /** The blocks whose bytes are not, or not all, those that were received. */
    public BitSet differing(DiskFile data) throws IOException {
        return differing(data, () -> false);
    }

    /**
     * The same, unless there is no time for it.
     *
     * @param stopped asked before each block
     * @throws InterruptedIOException when stopped
     */
    public BitSet differing(DiskFile data, BooleanSupplier stopped) throws IOException {
        BitSet differing = new BitSet();
        ByteBuffer buffer = ByteBuffer.allocate(plan.blockSize());
        for (int index = blocks.firstReceived(0); index >= 0; index = blocks.firstReceived(index + 1)) {
            if (stopped.getAsBoolean()) {
                throw new InterruptedIOException("The store is being closed.");
            }
            if (!blocks.contains(index, checksum(data, index, buffer))) {
                differing.set(index);
            }
        }
        return differing;
    }

    /** The checksum of what the file has of a block. */
    private int checksum(DiskFile data, int index, ByteBuffer buffer) throws IOException {
        data.read(plan.offset(index), buffer.clear().limit(plan.length(index)));
        CRC32C crc = new CRC32C();
        crc.update(buffer.flip());
        return (int) crc.getValue();
    }

    /** The first few of these blocks, neighbours drawn together: {@code 1, 4-6, 9, ...}. */
    static String ranges(BitSet indices) {
        List<String> ranges = new ArrayList<>();
        int from = indices.nextSetBit(0);
        while (from >= 0 && ranges.size() < MAX_RANGES) {
            int end = indices.nextClearBit(from);
            ranges.add(end == from + 1 ? "" + from : from + "-" + (end - 1));
            from = indices.nextSetBit(end);
        }
        return String.join(", ", ranges) + (from >= 0 ? ", ..." : "");
    }
}
