package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockPlanTest {
    @Test
    void blocksCoverTheFileWithoutGapOrOverlap() {
        Random random = Seeded.random();
        for (int round = 0; round < 5_000; round++) {
            int blockSize = 1 + random.nextInt(50);
            long size = random.nextInt(1_000);
            assertCovers(new BlockPlan(size, blockSize));
        }
    }

    private static void assertCovers(BlockPlan plan) {
        long end = 0;
        for (int index = 0; index < plan.totalBlocks(); index++) {
            assertTrue(plan.contains(index), plan::toString);
            assertEquals(end, plan.offset(index), plan::toString);
            assertTrue(plan.length(index) >= 1 && plan.length(index) <= plan.blockSize(), plan::toString);
            boolean last = index == plan.totalBlocks() - 1;
            assertTrue(last || plan.length(index) == plan.blockSize(), plan::toString);
            end += plan.length(index);
        }
        assertEquals(plan.size(), end, plan::toString);
        assertFalse(plan.contains(plan.totalBlocks()), plan::toString);
    }

    @Test
    void emptyFileHasNoBlocks() {
        BlockPlan plan = new BlockPlan(0, 20_480);
        assertEquals(0, plan.totalBlocks());
        assertFalse(plan.contains(0));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.length(0));
    }

    @Test
    void oneByteMoreThanABlockMakesASecondBlockOfOneByte() {
        assertEquals(1, new BlockPlan(20_479, 20_480).totalBlocks());
        assertEquals(1, new BlockPlan(20_480, 20_480).totalBlocks());
        BlockPlan plan = new BlockPlan(20_481, 20_480);
        assertEquals(2, plan.totalBlocks());
        assertEquals(20_480, plan.offset(1));
        assertEquals(1, plan.length(1));
    }

    @Test
    void indexOutsideIsRefusedAtBothEnds() {
        BlockPlan plan = new BlockPlan(10, 4);
        assertFalse(plan.contains(-1));
        assertFalse(plan.contains(3));
        assertFalse(plan.contains(Long.MAX_VALUE));
        assertFalse(plan.contains(1L << 32)); // 0, if it were cut to an int
        assertThrows(IndexOutOfBoundsException.class, () -> plan.offset(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.offset(3));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.length(3));
    }

    @Test
    void largestPlanReachesItsLastByteWithoutOverflow() {
        long size = (long) Limits.MAX_BLOCKS * Limits.MAX_BLOCK_BYTES;
        BlockPlan plan = new BlockPlan(size, Limits.MAX_BLOCK_BYTES);
        assertEquals(1 << 24, plan.totalBlocks());
        int last = plan.totalBlocks() - 1;
        assertEquals(size - Limits.MAX_BLOCK_BYTES, plan.offset(last));
        assertEquals(Limits.MAX_BLOCK_BYTES, plan.length(last));
    }

    @Test
    void oneBlockMoreThanTwoToThe24IsTooMany() {
        assertEquals(1 << 24, new BlockPlan(1 << 24, 1).totalBlocks());
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan((1 << 24) + 1, 1));
        long size = (long) Limits.MAX_BLOCKS * Limits.DEFAULT_BLOCK_BYTES;
        assertEquals(1 << 24, new BlockPlan(size, Limits.DEFAULT_BLOCK_BYTES).totalBlocks());
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(size + 1, Limits.DEFAULT_BLOCK_BYTES));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(Long.MAX_VALUE, Limits.MAX_BLOCK_BYTES));
    }

    @Test
    void numberOfBlocksDoesNotOverflow() {
        assertEquals(Long.MAX_VALUE, BlockPlan.blocksOf(Long.MAX_VALUE, 1));
        assertEquals(1L << 62, BlockPlan.blocksOf(Long.MAX_VALUE, 2));
        assertEquals(0, BlockPlan.blocksOf(0, 1));
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(Long.MIN_VALUE, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new BlockPlan(1, Limits.MAX_BLOCK_BYTES + 1));
    }
}
