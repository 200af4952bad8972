package dev.step.daemon.journal;

import java.util.BitSet;

/**
 * Which blocks have been received, and the CRC32C of each. Not safe for several threads.
 *
 * <p>Checksums cost four bytes a block, in chunks made when first needed: 64 MiB for a file of the most blocks, a few
 * hundred bytes for a small one.
 */
public final class ReceivedBlocks {
    private static final int CHUNK_BLOCKS = 1 << 10;

    private final int total;
    private final BitSet received = new BitSet();
    private final int[][] checksums;
    private int missing;

    /** None of this many blocks. */
    public ReceivedBlocks(int total) {
        this.total = total;
        this.missing = total;
        this.checksums = new int[(total + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS][];
    }

    /** A block was received, perhaps once more, perhaps with other content. */
    public void add(int index, int checksum) {
        if (!received.get(index)) {
            received.set(index);
            missing--;
        }
        chunkOf(index)[index % CHUNK_BLOCKS] = checksum;
    }

    /** A block is missing again. */
    public void remove(int index) {
        if (received.get(index)) {
            received.clear(index);
            missing++;
        }
    }

    public boolean contains(int index) {
        return received.get(index);
    }

    public boolean contains(int index, int checksum) {
        return received.get(index) && checksum(index) == checksum;
    }

    /** The CRC32C of a block that was received. */
    public int checksum(int index) {
        return chunkOf(index)[index % CHUNK_BLOCKS];
    }

    public boolean isComplete() {
        return missing == 0;
    }

    /** How many blocks the file has. */
    public int total() {
        return total;
    }

    /** How many blocks were received. */
    public int count() {
        return total - missing;
    }

    /** The first block from this one on that was received; -1 if none was. */
    public int firstReceived(int from) {
        return received.nextSetBit(from);
    }

    /** The first block from this one on that is missing; the number of blocks if none is. */
    public int firstMissing(int from) {
        return Math.min(received.nextClearBit(from), total);
    }

    private int[] chunkOf(int index) {
        int chunk = index / CHUNK_BLOCKS;
        int[] found = checksums[chunk];
        if (found == null) {
            found = new int[Math.min(CHUNK_BLOCKS, total - chunk * CHUNK_BLOCKS)];
            checksums[chunk] = found;
        }
        return found;
    }
}
