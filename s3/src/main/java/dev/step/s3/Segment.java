package dev.step.s3;

import dev.step.daemon.store.DataBlock;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Blocks on their way to the bucket, in one object. Guarded by its upload's lock until it is taken to be written. */
final class Segment {
    /** With more bytes than this, another one is begun. */
    static final int MOST_BYTES = 8 << 20;

    private final SortedMap<Integer, Part> parts = new TreeMap<>();
    private int bytes;
    private int additions;
    private int addedBytes;
    private boolean settled;
    private boolean complete;
    private @Nullable IOException failure;
    private @Nullable RefusedException refusal;

    /** A block's bytes, and their CRC32C. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Part(int index, byte[] bytes, int checksum) {}

    /** Whether the block can be added: there is room, and the object's name can say so. */
    boolean hasRoomFor(DataBlock block) {
        if (parts.isEmpty()) {
            return true;
        }
        SortedSet<Integer> blocks = new TreeSet<>(parts.keySet());
        blocks.add(block.index());
        return bytes + block.bytes().remaining() <= MOST_BYTES
                && SegmentName.blocks(SegmentName.ranges(blocks)).length() <= SegmentName.MOST_BLOCKS_CHARS;
    }

    /** Whether there is hardly room for another block like this one. */
    boolean isFullAfter(DataBlock block) {
        return bytes + block.bytes().remaining() > MOST_BYTES;
    }

    /**
     * Adds a block; of two of the same index, the later one counts.
     *
     * @return how many were added before
     */
    int add(DataBlock block) {
        byte[] copy = new byte[block.bytes().remaining()];
        block.bytes().duplicate().get(copy);
        Part replaced = parts.put(block.index(), new Part(block.index(), copy, block.checksum()));
        bytes += copy.length - (replaced == null ? 0 : replaced.bytes().length);
        addedBytes += copy.length;
        return additions++;
    }

    List<SegmentName.Range> ranges() {
        return SegmentName.ranges(parts.keySet());
    }

    /** The blocks, in ascending order. */
    Collection<Part> parts() {
        return parts.values();
    }

    /** The object's content. */
    byte[] content() {
        ByteBuffer content = ByteBuffer.allocate(bytes);
        parts.values().forEach(part -> content.put(part.bytes()));
        return content.array();
    }

    /** How many bytes were added, replaced ones included. */
    int addedBytes() {
        return addedBytes;
    }

    /** It is written; after that, something of the upload was missing, or nothing. */
    void written(boolean nothingIsMissing) {
        settled = true;
        complete = nothingIsMissing;
    }

    /** Whether the block that was added behind so many has completed the upload: of several in one segment, the last. */
    boolean isCompletedBy(int addition) {
        return complete && addition == additions - 1;
    }

    /** Nobody knows whether it is written. */
    void failed(IOException why) {
        settled = true;
        failure = why;
    }

    /** The upload takes no more blocks. */
    void refused(RefusedException why) {
        settled = true;
        refusal = why;
    }

    /** What it was about is settled: its blocks are needed no longer. */
    void forgetBlocks() {
        parts.clear();
    }

    boolean isSettled() {
        return settled;
    }

    /** Passes when it is written. */
    void check() throws IOException, RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
