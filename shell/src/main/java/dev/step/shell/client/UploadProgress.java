package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.BlockRanges.Range;
import dev.step.protocol.Limits;
import dev.step.shell.client.BlockReader.Block;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How far an upload is, and who has to be told: each byte of the file is told to the meter once, however often it is sent. For
 * several threads.
 */
final class UploadProgress {
    private static final int PERCENT = 100;

    private final Meter meter;
    private final Patience patience;
    private final BitSet unconfirmed = new BitSet();
    private long size;
    private long present;
    private long told;
    private long sent;

    UploadProgress(Meter meter, Patience patience) {
        this.meter = meter;
        this.patience = patience;
    }

    /** The server has all of the file but these blocks. */
    synchronized void begin(BlockPlan plan, BlockRanges missing) {
        size = plan.size();
        present = bytesPresent(plan, missing);
        unconfirmed.clear();
        missing.ranges().forEach(range -> unconfirmed.set(range.first(), range.last() + 1));
        tell();
    }

    synchronized void confirmed(Block block) {
        present += block.length();
        sent += block.length();
        unconfirmed.clear(block.index());
        patience.renew();
        tell();
    }

    private void tell() {
        if (present > told) {
            meter.moved(present - told);
            told = present;
        }
    }

    /** Whether this block, and no other, was not confirmed. */
    synchronized boolean lacksOnly(int index) {
        return unconfirmed.cardinality() == 1 && unconfirmed.get(index);
    }

    /**
     * What was not confirmed, for a server that cannot say what it has: the last block alone, when all others are there. Old
     * servers complete a file twice, or never, when its final two blocks race.
     */
    synchronized BlockRanges unconfirmed(int last) {
        if (lacksOnly(last)) {
            return new BlockRanges(List.of(new Range(last, last)), false);
        }
        List<Range> ranges = new ArrayList<>();
        for (int first = unconfirmed.nextSetBit(0); first >= 0 && first < last && ranges.size() < Limits.MAX_RANGES; ) {
            int end = Math.min(last, unconfirmed.nextClearBit(first));
            ranges.add(new Range(first, end - 1));
            first = unconfirmed.nextSetBit(end);
        }
        return new BlockRanges(ranges, true);
    }

    /** How many bytes of the file the server does not have, as far as it says. */
    synchronized long bytesMissing() {
        return size - present;
    }

    /** How many bytes of the file were sent and confirmed. */
    synchronized long sentBytes() {
        return sent;
    }

    /** How much of the file a server has that misses these blocks, as far as it says; in percent, rounded down. */
    static long percentPresent(BlockPlan plan, BlockRanges missing) {
        return plan.size() == 0 ? PERCENT : PERCENT * bytesPresent(plan, missing) / plan.size();
    }

    private static long bytesPresent(BlockPlan plan, BlockRanges missing) {
        List<BlockRanges.Range> ranges = missing.ranges();
        long known = missing.more() ? end(plan, ranges.get(ranges.size() - 1)) : plan.size();
        return known
                - ranges.stream()
                        .mapToLong(range -> end(plan, range) - plan.offset(range.first()))
                        .sum();
    }

    private static long end(BlockPlan plan, BlockRanges.Range range) {
        return plan.offset(range.last()) + plan.length(range.last());
    }
}
