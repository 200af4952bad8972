package dev.step.daemon.store.disk;

import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** What a client knows of an upload that it has begun. */
final class ExpectedUpload {
    private final UploadSpec spec;
    private final byte[] content;
    private final BitSet acknowledged = new BitSet();
    /** The only block that was ever written with two different contents; negative if there is none. */
    private int changed = -1;
    /** Whether nobody knows which of the two is there. */
    private boolean inDoubt;

    ExpectedUpload(UploadSpec spec, byte[] content) {
        this.spec = spec;
        this.content = content.clone();
    }

    UploadSpec spec() {
        return spec;
    }

    BlockPlan plan() {
        return spec.plan();
    }

    byte[] content() {
        return content.clone();
    }

    /** Of a file of one block there is nothing to remember before that block, which completes it. */
    boolean mayBeForgotten() {
        return plan().totalBlocks() == 1;
    }

    boolean isVerified() {
        return spec.options().publishing().verify();
    }

    BitSet acknowledged() {
        return acknowledged;
    }

    ByteBuffer block(int index) {
        return ByteBuffer.wrap(content, (int) plan().offset(index), plan().length(index));
    }

    /** A block to send: mostly one that is missing; but one in doubt before all others. */
    int next(Random random) {
        if (inDoubt) {
            return changed;
        }
        int any = random.nextInt(plan().totalBlocks());
        int missing = acknowledged.nextClearBit(any);
        return missing < plan().totalBlocks() && random.nextInt(5) > 0 ? missing : any;
    }

    /** The client has other bytes for this block now, if it never had others for another one. */
    void change(int index, Random random) {
        if (changed < 0 || changed == index) {
            changed = index;
            content[(int) plan().offset(index)] = (byte) random.nextInt();
        }
    }

    boolean isCompletedBy(int index) {
        BitSet then = (BitSet) acknowledged.clone();
        then.set(index);
        return then.cardinality() == plan().totalBlocks();
    }

    /** A block is about to be sent. */
    void sending(int index) {
        if (index == changed) {
            inDoubt = true;
            acknowledged.clear(index);
        }
    }

    void acknowledge(int index) {
        acknowledged.set(index);
        inDoubt &= index != changed;
    }

    /** Acknowledged blocks may be lost, and then what was there before may be there again. */
    void blocksMayBeLost() {
        inDoubt |= changed >= 0;
    }

    /** What was received is known again. */
    void settle(BlockRanges missing) {
        acknowledged.clear();
        acknowledged.or(certain(missing));
    }

    /** The blocks that are not missing, but for the one in doubt. */
    BitSet certain(BlockRanges missing) {
        BitSet received = new BitSet();
        received.set(0, plan().totalBlocks());
        missing.ranges().forEach(range -> received.clear(range.first(), range.last() + 1));
        if (inDoubt) {
            received.clear(changed);
        }
        return received;
    }

    @Override
    public String toString() {
        return spec + " acknowledged " + acknowledged + " changed " + changed + (inDoubt ? " in doubt" : "")
                + " content " + Arrays.hashCode(content);
    }
}
