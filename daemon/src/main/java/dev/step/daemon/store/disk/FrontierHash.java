package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The digest of a file, computed while its blocks arrive, so that it is ready soon after the last one. The frontier is
 * the first block that is not hashed yet. A block that arrives just then is hashed from memory; those that were ahead
 * of their turn are read back from the file.
 *
 * <p>One thread hashes at a time; the others go on without waiting, because whoever hashes next catches up. When a
 * block behind the frontier is written again, hashing starts over: the digest is always that of the bytes on the disk.
 */
final class FrontierHash {
    /** How much one block's writer catches up, so that no block takes longer than others by more than this. */
    private static final int MAX_CATCH_UP_BYTES = 4 << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    /** Held while hashing; the progress's lock may be taken under it, not the other way round. */
    private final ReentrantLock hashing = new ReentrantLock();

    private final BlockPlan plan;
    private final UploadProgress progress;
    private final DiskFile file;
    private final MessageDigest digest = DigestAlgorithm.MD5.start();
    private int next;

    FrontierHash(BlockPlan plan, UploadProgress progress, DiskFile file) {
        this.plan = plan;
        this.progress = progress;
        this.file = file;
    }

    /** Hashes a block that is written, and still claimed by the caller, if its turn is now. */
    void offer(int index, ByteBuffer block) {
        if (!hashing.tryLock()) {
            return;
        }
        try {
            moveTo(progress.resumeHashing(next));
            if (index == next) {
                digest.update(block);
                next++;
                progress.hashed(next);
            }
        } finally {
            hashing.unlock();
        }
    }

    /** Hashes some of the blocks that arrived ahead of their turn. */
    void catchUp() throws IOException {
        if (!hashing.tryLock()) {
            return;
        }
        try {
            advance();
        } finally {
            hashing.unlock();
        }
    }

    /** The digest, once every block is received and none can change any more. */
    Digest finish() throws IOException {
        hashing.lock();
        try {
            while (advance()) {
                // as far as the blocks go
            }
            if (next != plan.totalBlocks()) {
                throw new IllegalStateException("block " + next + " is missing");
            }
            return Digest.of(DigestAlgorithm.MD5, digest);
        } finally {
            hashing.unlock();
        }
    }

    /** Hashes what can be hashed, up to a limit; false if nothing could. */
    private boolean advance() throws IOException {
        UploadProgress.Span span = progress.reserveForHashing(next, Math.max(1, MAX_CATCH_UP_BYTES / plan.blockSize()));
        moveTo(span.from());
        if (span.isEmpty()) {
            return false;
        }
        boolean hashed = false;
        try {
            hash(plan.offset(span.from()), plan.offset(span.end() - 1) + plan.length(span.end() - 1));
            next = span.end();
            hashed = true;
        } finally {
            if (!hashed) {
                moveTo(0); // nobody knows how much of the span was hashed
            }
        }
        return true;
    }

    /** Goes on at this block; if that is not the next one, then it is the first, and everything is hashed again. */
    private void moveTo(int index) {
        if (index != next) {
            digest.reset();
            next = index;
        }
    }

    private void hash(long from, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, end - from));
        for (long at = from; at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            if (file.read(at, buffer) < buffer.limit()) {
                throw new EOFException("an upload's file is shorter than the blocks written to it");
            }
            digest.update(buffer.flip());
        }
    }
}
