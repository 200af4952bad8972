package dev.step.protocol;

/**
 * How a file is cut into blocks: all of {@code blockSize} bytes but the last, which has the rest.
 *
 * @param size the file's size in bytes, 0 or more
 * @param blockSize bytes in a block, 1 to {@link Limits#MAX_BLOCK_BYTES}
 */
public record BlockPlan(long size, int blockSize) {
    public BlockPlan {
        if (size < 0) {
            throw new IllegalArgumentException("size " + size);
        }
        if (blockSize < 1 || blockSize > Limits.MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("block size " + blockSize);
        }
        if (blocksOf(size, blockSize) > Limits.MAX_BLOCKS) {
            throw new IllegalArgumentException("too many blocks: size " + size + ", block size " + blockSize);
        }
    }

    /** The number of blocks that a file of this size has, which may be more than a plan allows. */
    public static long blocksOf(long size, int blockSize) {
        return size / blockSize + (size % blockSize == 0 ? 0 : 1);
    }

    /** The number of blocks; 0 for an empty file. */
    public int totalBlocks() {
        return (int) blocksOf(size, blockSize);
    }

    public boolean contains(long index) {
        return index >= 0 && index < totalBlocks();
    }

    /** Where a block starts in the file, in bytes. */
    public long offset(int index) {
        checkIndex(index);
        return (long) index * blockSize;
    }

    /** How many bytes a block has. */
    public int length(int index) {
        return (int) Math.min(blockSize, size - offset(index));
    }

    private void checkIndex(int index) {
        if (!contains(index)) {
            throw new IndexOutOfBoundsException("block " + index + " of " + totalBlocks());
        }
    }
}
