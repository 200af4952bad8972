package dev.step.s3;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Limits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The segments of an upload that are known to be in the bucket, and what of it is missing. Not safe for several threads. */
final class KnownSegments {
    private final BlockPlan plan;
    private final TreeSet<SegmentName> segments = new TreeSet<>(SegmentName.BY_TIME);
    private final Map<String, String> lastNames = new HashMap<>();
    private final BitSet received = new BitSet();

    KnownSegments(BlockPlan plan) {
        this.plan = plan;
    }

    void add(SegmentName segment) {
        if (segments.add(segment)) {
            lastNames.merge(segment.writer(), segment.toString(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            segment.ranges().forEach(range -> received.set(range.first(), range.end()));
        }
    }

    /** The last one that is known of a writer; empty: none. */
    String lastOf(String writer) {
        return lastNames.getOrDefault(writer, "");
    }

    /** In the order in which they count. */
    List<SegmentName> inOrder() {
        return List.copyOf(segments);
    }

    boolean isComplete() {
        return received.cardinality() == plan.totalBlocks();
    }

    boolean contains(int index) {
        return received.get(index);
    }

    /** What is missing, as many ranges as one answer holds. */
    BlockRanges missing() {
        List<BlockRanges.Range> ranges = new ArrayList<>();
        int total = plan.totalBlocks();
        int first = received.nextClearBit(0);
        while (first < total && ranges.size() < Limits.MAX_RANGES) {
            int next = received.nextSetBit(first);
            int end = next < 0 ? total : next;
            ranges.add(new BlockRanges.Range(first, end - 1));
            first = received.nextClearBit(end);
        }
        return new BlockRanges(ranges, first < total);
    }

    long receivedBytes() {
        int last = plan.totalBlocks() - 1;
        long full = (long) received.cardinality() * plan.blockSize();
        return last >= 0 && received.get(last) ? full - plan.blockSize() + plan.length(last) : full;
    }
}
