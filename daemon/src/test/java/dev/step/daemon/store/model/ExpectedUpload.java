package dev.step.daemon.store.model;

import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What a client knows of an upload that it has begun. */
final class ExpectedUpload {
    private static final int MOST_SENT_AHEAD = 4;

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

    /** What that content comes to. */
    static Digest digest(byte[] content, DigestAlgorithm algorithm) {
        ContentDigest digest = new ContentDigest(algorithm);
        digest.update(ByteBuffer.wrap(content));
        return digest.finish();
    }

    /** Blocks to send ahead of the answers: mostly missing ones; but one in doubt before all others, and alone. */
    List<Integer> next(Random random) {
        if (inDoubt) {
            return List.of(changed);
        }
        int any = random.nextInt(plan().totalBlocks());
        List<Integer> missing = missingFrom(any);
        return missing.isEmpty() || random.nextInt(5) == 0
                ? List.of(any)
                : missing.subList(0, 1 + random.nextInt(Math.min(MOST_SENT_AHEAD, missing.size())));
    }

    private List<Integer> missingFrom(int first) {
        return IntStream.range(first, plan().totalBlocks())
                .filter(index -> !acknowledged.get(index))
                .boxed()
                .toList();
    }

    /** The client has other bytes for this block now, if it never had others for another one. */
    void change(int index, Random random) {
        if (changed < 0 || changed == index) {
            changed = index;
            content[(int) plan().offset(index)] = (byte) random.nextInt();
        }
    }

    boolean isCompletedBy(List<Integer> blocks) {
        BitSet then = (BitSet) acknowledged.clone();
        blocks.forEach(then::set);
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
