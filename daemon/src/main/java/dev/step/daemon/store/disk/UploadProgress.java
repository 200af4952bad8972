package dev.step.daemon.store.disk;

import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.util.HashSet;
import java.util.Optional;
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
    private final ReceivedBlocks blocks;
    private final Set<Integer> beingWritten = new HashSet<>();
    private UploadState state = UploadState.RECEIVING;
    private @Nullable StoredFile published;

    /** Blocks before this one are hashed, or being hashed. */
    private int hashedEnd;
    /** Whether one of them was written again since. */
    private boolean hashIsStale;

    UploadProgress(Key key, int totalBlocks) {
        this.key = key;
        this.blocks = new ReceivedBlocks(totalBlocks);
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

    /** Where hashing goes on that has come to this block: here, or at the first one, after a hashed one was rewritten. */
    int resumeHashing(int next) {
        lock.lock();
        try {
            return restartIfStale(next);
        } finally {
            lock.unlock();
        }
    }

    /** The blocks before this one are hashed. */
    void hashed(int end) {
        lock.lock();
        try {
            hashedEnd = Math.max(hashedEnd, end);
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

    /** True for one caller only: the one to publish the file, now that no block is missing. */
    boolean beginPublishing() {
        lock.lock();
        try {
            boolean ready = state == UploadState.RECEIVING && blocks.isComplete();
            if (ready) {
                state = UploadState.PUBLISHING;
            }
            return ready;
        } finally {
            lock.unlock();
        }
    }

    /** Ends publishing, with the file, or with nothing when it failed. */
    void endPublishing(@Nullable StoredFile file) {
        lock.lock();
        try {
            published = file;
            become(file == null ? UploadState.DISCARDED : UploadState.PUBLISHED);
        } finally {
            lock.unlock();
        }
    }

    /** Discards the upload; waits if it is being published. False if it has ended before. */
    boolean discard() {
        lock.lock();
        try {
            while (state == UploadState.PUBLISHING) {
                changed.awaitUninterruptibly();
            }
            boolean first = state == UploadState.RECEIVING;
            if (first) {
                become(UploadState.DISCARDED);
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    Optional<StoredFile> published() {
        lock.lock();
        try {
            return Optional.ofNullable(published);
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
