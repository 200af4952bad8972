package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.shell.client.BlockReader.Block;
import java.util.List;

/** How far an upload is, and who has to be told: each byte of the file is told to the meter once, however often it is sent. */
final class UploadProgress {
    private static final int PERCENT = 100;

    private final Meter meter;
    private final Patience patience;
    private long present;
    private long told;
    private long sent;
    private int next;

    UploadProgress(Meter meter, Patience patience) {
        this.meter = meter;
        this.patience = patience;
    }

    /** The server has all of the file but these blocks. */
    void begin(BlockPlan plan, BlockRanges missing) {
        present = bytesPresent(plan, missing);
        next = 0;
        tell();
    }

    void confirmed(Block block) {
        present += block.length();
        sent += block.length();
        next = block.index() + 1;
        patience.renew();
        tell();
    }

    private void tell() {
        if (present > told) {
            meter.moved(present - told);
            told = present;
        }
    }

    /** The block behind the last one that was confirmed. */
    int next() {
        return next;
    }

    /** How many bytes of the file were sent and confirmed. */
    long sentBytes() {
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
