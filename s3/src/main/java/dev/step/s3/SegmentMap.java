package dev.step.s3;

import dev.step.protocol.BlockPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where in a file's segments each of its bytes is. Does not change once it is made. */
final class SegmentMap {
    private final BlockPlan plan;
    /** By their first block. None overlaps another. */
    private final TreeMap<Integer, Run> runs = new TreeMap<>();

    /** @param segments in the order in which they count */
    SegmentMap(BlockPlan plan, List<SegmentName> segments) {
        this.plan = plan;
        segments.forEach(this::add);
    }

    /** Some blocks that follow one another both in the file and in a segment, where they begin at this many blocks. */
    private record Run(SegmentName segment, int first, int end, int blocksBefore) {
        Run from(int block) {
            return new Run(segment, block, end, blocksBefore + block - first);
        }

        Run until(int block) {
            return new Run(segment, first, block, blocksBefore);
        }
    }

    private void add(SegmentName segment) {
        int blocksBefore = 0;
        for (SegmentName.Range range : segment.ranges()) {
            makeRoom(range);
            runs.put(range.first(), new Run(segment, range.first(), range.end(), blocksBefore));
            blocksBefore += range.count();
        }
    }

    private void makeRoom(SegmentName.Range range) {
        Map.Entry<Integer, Run> before = runs.lowerEntry(range.first());
        if (before != null && before.getValue().end() > range.first()) {
            Run cut = before.getValue();
            runs.put(cut.first(), cut.until(range.first()));
            if (cut.end() > range.end()) {
                runs.put(range.end(), cut.from(range.end()));
            }
        }
        Map<Integer, Run> covered = runs.subMap(range.first(), range.end());
        Map.Entry<Integer, Run> last = runs.lowerEntry(range.end());
        if (last != null && last.getValue().end() > range.end() && last.getKey() >= range.first()) {
            runs.put(range.end(), last.getValue().from(range.end()));
        }
        covered.clear();
    }

    /** Whether every block is in a segment. */
    boolean isComplete() {
        int end = 0;
        for (Run run : runs.values()) {
            if (run.first() != end) {
                return false;
            }
            end = run.end();
        }
        return end == plan.totalBlocks();
    }

    /** The piece that this byte of the file, counted from 0, is in. */
    Piece at(long offset) {
        Map.Entry<Integer, Run> entry = runs.floorEntry((int) (offset / plan.blockSize()));
        if (entry == null || offset >= end(entry.getValue())) {
            throw new IllegalStateException("no segment has byte " + offset);
        }
        Run run = entry.getValue();
        long intoRun = offset - plan.offset(run.first());
        return new Piece(run.segment(), (long) run.blocksBefore() * plan.blockSize() + intoRun, end(run) - offset);
    }

    private long end(Run run) {
        return plan.offset(run.end() - 1) + plan.length(run.end() - 1);
    }

    /**
     * A piece of a file.
     *
     * @param offset where in the segment it begins, in bytes
     * @param length how many bytes of the file follow there, in the same order
     */
    record Piece(SegmentName segment, long offset, long length) {}
}
