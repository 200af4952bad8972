package dev.step.shell.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * The blocks of one file on their way here: which of them are still to be asked for, and which have arrived before their
 * turn. None is asked for that is so far ahead that there might be no buffer for it. For several threads.
 */
final class ArrivingBlocks {
    /** Instead of a block. */
    static final int NONE = -1;

    private final BlockWriter writer;
    private final int end;
    private final IntSupplier ahead;
    private final Map<Integer, ByteBuffer> early = new HashMap<>();
    private final NavigableSet<Integer> askAgain = new TreeSet<>();
    private int nextToAsk;
    private int nextToWrite;
    private boolean over;

    /**
     * Nothing has been asked for yet.
     *
     * @param first the first block that is wanted
     * @param end the block behind the last one
     * @param ahead how many blocks may be asked for from the first one that is not here on, 1 or more; the writer has a
     *     buffer for each, and at least one more
     */
    ArrivingBlocks(BlockWriter writer, int first, int end, IntSupplier ahead) {
        this.writer = writer;
        this.end = end;
        this.ahead = ahead;
        this.nextToAsk = first;
        this.nextToWrite = first;
    }

    /** Blocks can be had again after {@link #end}. */
    synchronized void begin() {
        over = false;
    }

    /** The next block to be asked for, when there is one; {@link #NONE} when all are here, or nobody wants them any more. */
    synchronized int next() {
        Queues.await(this, () -> over || areAllHere() || mayAsk());
        return poll();
    }

    /** The same, if there is one without waiting. */
    synchronized int poll() {
        if (over || !mayAsk()) {
            return NONE;
        }
        return askAgain.isEmpty() ? nextToAsk++ : askAgain.pollFirst();
    }

    private boolean mayAsk() {
        return !askAgain.isEmpty() || (nextToAsk < end && nextToAsk - nextToWrite < ahead.getAsInt());
    }

    /** A buffer for a block that was asked for, of this length in bytes. */
    ByteBuffer buffer(int length) throws IOException {
        return writer.buffer(length);
    }

    /** Gives back, unused, what {@link #buffer} gave. */
    void release(ByteBuffer buffer) {
        writer.release(buffer);
    }

    /** A block is here; it is written when those before it are. */
    synchronized void arrived(int index, ByteBuffer block) {
        early.put(index, block);
        for (ByteBuffer due = early.remove(nextToWrite); due != null; due = early.remove(nextToWrite)) {
            writer.write(due);
            nextToWrite++;
        }
        notifyAll();
    }

    /** These were asked for in vain. */
    synchronized void askAgain(Collection<Integer> unanswered) {
        askAgain.addAll(unanswered);
        notifyAll();
    }

    synchronized boolean areAllHere() {
        return missing() == 0;
    }

    /** How many blocks are behind the first one that is not here, which may be among those that are. */
    synchronized int missing() {
        return end - nextToWrite;
    }

    /** Nobody wants any more blocks. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
