package dev.step.protocol;

import java.util.List;

/**
 * Some blocks of a file, as ranges in ascending order that do not overlap.
 *
 * @param ranges at most {@link Limits#MAX_RANGES}
 * @param more whether there are blocks beyond the last range
 */
public record BlockRanges(List<Range> ranges, boolean more) {
    /** No blocks at all. */
    public static final BlockRanges NONE = new BlockRanges(List.of(), false);

    public BlockRanges {
        ranges = List.copyOf(ranges);
        if (ranges.size() > Limits.MAX_RANGES) {
            throw new IllegalArgumentException(ranges.size() + " ranges");
        }
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).first() <= ranges.get(i - 1).last()) {
                throw new IllegalArgumentException(ranges.get(i) + " after " + ranges.get(i - 1));
            }
        }
    }

    /** All blocks of a plan. */
    public static BlockRanges all(BlockPlan plan) {
        return plan.totalBlocks() == 0 ? NONE : new BlockRanges(List.of(new Range(0, plan.totalBlocks() - 1)), false);
    }

    /** How many blocks the ranges hold; those beyond the last range are not counted. */
    public long count() {
        return ranges.stream().mapToLong(Range::count).sum();
    }

    /**
     * Blocks that follow one another.
     *
     * @param first 0 or more
     * @param last not below the first; belongs to the range
     */
    public record Range(int first, int last) {
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("blocks " + first + " to " + last);
            }
        }

        long count() {
            return (long) last - first + 1;
        }
    }
}
