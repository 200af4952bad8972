package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.protocol.BlockRanges.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockRangesTest {
    @Test
    void allBlocksOfAPlanAreOneRange() {
        assertEquals(
                List.of(new Range(0, 2)), BlockRanges.all(new BlockPlan(10, 4)).ranges());
        assertEquals(
                List.of(new Range(0, 0)), BlockRanges.all(new BlockPlan(1, 4)).ranges());
        assertEquals(
                Limits.MAX_BLOCKS,
                BlockRanges.all(new BlockPlan(Limits.MAX_BLOCKS, 1)).count());
    }

    @Test
    void emptyFileHasNoRange() {
        assertEquals(BlockRanges.NONE, BlockRanges.all(new BlockPlan(0, 4)));
        assertEquals(0, BlockRanges.NONE.count());
    }

    @Test
    void bothEndsOfARangeAreCounted() {
        assertEquals(1, ranges(new Range(7, 7)).count());
        assertEquals(5, ranges(new Range(0, 1), new Range(3, 5)).count());
        assertEquals(1L << 31, ranges(new Range(0, Integer.MAX_VALUE)).count());
    }

    @Test
    void rangeThatEndsBeforeItStartsIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new Range(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Range(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Range(Integer.MIN_VALUE, Integer.MIN_VALUE));
    }

    @Test
    void rangesThatOverlapOrGoBackAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ranges(new Range(0, 1), new Range(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> ranges(new Range(3, 3), new Range(0, 1)));
        assertThrows(IllegalArgumentException.class, () -> ranges(new Range(3, 3), new Range(3, 3)));
        assertEquals(3, ranges(new Range(0, 1), new Range(2, 2)).count());
    }

    @Test
    void moreRangesThanAnAnswerCarriesAreRefused() {
        assertEquals(Limits.MAX_RANGES, new BlockRanges(single(Limits.MAX_RANGES), true).count());
        assertThrows(IllegalArgumentException.class, () -> new BlockRanges(single(Limits.MAX_RANGES + 1), false));
    }

    @Test
    void rangesDoNotChangeWithTheListTheyCameFrom() {
        List<Range> list = new ArrayList<>(single(2));
        BlockRanges ranges = new BlockRanges(list, false);
        list.clear();
        assertEquals(2, ranges.count());
    }

    private static BlockRanges ranges(Range... ranges) {
        return new BlockRanges(List.of(ranges), false);
    }

    /** So many ranges of one block each, with gaps. */
    private static List<Range> single(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Range(2 * i, 2 * i)).toList();
    }
}
