package dev.step.daemon.store.disk;

import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.store.Refusals;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Limits;
import dev.step.protocol.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one truth about how far an upload is: its state, its blocks, and which of them the digest covers. One lock per
 * upload, held only for moments and never while reading, writing or hashing; no other lock is taken under it.
 *
 * <p>A block is missing, being written, or received. While it is being written it belongs to the thread that claimed
 * it: other threads with the same block wait.
 */
final class UploadProgress {
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when a block stops being written, or the state changes. */
    private final Condition changed = lock.newCondition();

    private final Key key;
    private final BlockPlan plan;
    private final ReceivedBlocks blocks;
    private final boolean needsDigest;
    private final Set<Integer> beingWritten = new HashSet<>();
    private UploadState state = UploadState.RECEIVING;
    private @Nullable Digest expected;

    /** Blocks before this one are hashed, or being hashed. */
    private int hashedEnd;
    /** Whether one of them was written again since. */
    private boolean hashIsStale;

    /**
     * The progress of an upload so far.
     *
     * @param blocks those received before; this object's from now on
     * @param expected what the client has said that the file has to come to; null while it has said nothing
     */
    UploadProgress(JournalHeader header, ReceivedBlocks blocks, @Nullable Digest expected) {
        this.key = header.target().key();
        this.plan = header.plan();
        this.blocks = blocks;
        this.needsDigest = header.check().verifyOnPublish();
        this.expected = expected;
    }

    /**
     * Claims a block for writing; waits while another thread writes it.
     *
     * @return false if the block was received already, with the same checksum
     * @throws RefusedException 408 when the upload was discarded, 402 when it is complete
     */
    boolean claim(int index, int checksum) throws RefusedException {
        lock.lock();
        try {
            awaitTurn(index, checksum);
            if (blocks.contains(index, checksum)) {
                return false;
            }
            withdraw(index);
            beingWritten.add(index);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A repeated block of a file that is being published is welcome; another content for it has come too late. */
    private void awaitTurn(int index, int checksum) throws RefusedException {
        checkOpen();
        while (beingWritten.contains(index) || (state == UploadState.PUBLISHING && !blocks.contains(index, checksum))) {
            changed.awaitUninterruptibly();
            checkOpen();
        }
    }

    private void checkOpen() throws RefusedException {
        switch (state) {
            case RECEIVING, PUBLISHING -> {}
            case PUBLISHED -> throw Refusals.complete(key);
            case DISCARDED -> throw Refusals.superseded(key);
            case BROKEN -> throw Refusals.failed(key);
        }
    }

    private void withdraw(int index) {
        if (blocks.contains(index)) {
            blocks.remove(index);
            hashIsStale |= index < hashedEnd;
        }
    }

    /** Gives a claimed block up: what the disk has of it is unknown, so it is missing. */
    void abandon(int index) {
        lock.lock();
        try {
            release(index);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A claimed block is written.
     *
     * @throws RefusedException 408 when the upload was discarded meanwhile
     */
    void received(int index, int checksum) throws RefusedException {
        lock.lock();
        try {
            release(index);
            checkOpen();
            blocks.add(index, checksum);
        } finally {
            lock.unlock();
        }
    }

    private void release(int index) {
        beingWritten.remove(index);
        changed.signalAll();
    }

    /** How many blocks could be hashed that are not. */
    long unhashedBlocks() {
        lock.lock();
        try {
            return hashIsStale ? 0 : blocks.firstMissing(hashedEnd) - (long) hashedEnd;
        } finally {
            lock.unlock();
        }
    }

    /** What has not been received, as many ranges as one answer holds. */
    BlockRanges missing() throws RefusedException {
        lock.lock();
        try {
            checkOpen();
            List<BlockRanges.Range> ranges = new ArrayList<>();
            int first = blocks.firstMissing(0);
            while (first < blocks.total() && ranges.size() < Limits.MAX_RANGES) {
                int next = blocks.firstReceived(first);
                int end = next < 0 ? blocks.total() : next;
                ranges.add(new BlockRanges.Range(first, end - 1));
                first = blocks.firstMissing(end);
            }
            return new BlockRanges(ranges, first < blocks.total());
        } finally {
            lock.unlock();
        }
    }

    /** How much of the file has arrived, in bytes. */
    long receivedBytes() {
        lock.lock();
        try {
            int last = blocks.total() - 1;
            long full = (long) blocks.count() * plan.blockSize();
            return last >= 0 && blocks.contains(last) ? full - plan.blockSize() + plan.length(last) : full;
        } finally {
            lock.unlock();
        }
    }

    /** Notes what the file has to come to; true if that is news. */
    boolean expect(Digest digest) {
        lock.lock();
        try {
            boolean news = !digest.equals(expected);
            expected = digest;
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** What the file has to come to; null if nobody has said. */
    @Nullable
    Digest expected() {
        lock.lock();
        try {
            return expected;
        } finally {
            lock.unlock();
        }
    }

    /** The received blocks that can be hashed next, at most so many; noted as being hashed. */
    Span reserveForHashing(int next, int most) {
        lock.lock();
        try {
            int from = restartIfStale(next);
            int end = (int) Math.min(blocks.firstMissing(from), (long) from + most);
            hashedEnd = end;
            return new Span(from, end);
        } finally {
            lock.unlock();
        }
    }

    private int restartIfStale(int next) {
        if (!hashIsStale) {
            return next;
        }
        hashIsStale = false;
        hashedEnd = 0;
        return 0;
    }

    /** True for one caller only: the one to publish the file, now that nothing is missing. */
    boolean beginPublishing() {
        lock.lock();
        try {
            boolean ready = state == UploadState.RECEIVING && blocks.isComplete() && (expected != null || !needsDigest);
            if (ready) {
                state = UploadState.PUBLISHING;
            }
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** The file is there. */
    void published() {
        end(UploadState.PUBLISHED);
    }

    /** The disk has failed, so that what is received has to be found out anew. */
    void broken() {
        end(UploadState.BROKEN);
    }

    /** The thread that publishes gives the upload up. */
    void givenUp() {
        end(UploadState.DISCARDED);
    }

    private void end(UploadState end) {
        lock.lock();
        try {
            if (state == UploadState.RECEIVING || state == UploadState.PUBLISHING) {
                become(end);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isBroken() {
        lock.lock();
        try {
            return state == UploadState.BROKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Discards the upload; waits if it is being published. False if it is a file by then, or was discarded before. */
    boolean discard() {
        lock.lock();
        try {
            while (state == UploadState.PUBLISHING) {
                changed.awaitUninterruptibly();
            }
            boolean first = state == UploadState.RECEIVING || state == UploadState.BROKEN;
            if (first) {
                become(UploadState.DISCARDED);
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void become(UploadState next) {
        state = next;
        changed.signalAll();
    }

    /** Blocks from the first one on, before the end. */
    record Span(int from, int end) {
        boolean isEmpty() {
            return from >= end;
        }
    }
}
