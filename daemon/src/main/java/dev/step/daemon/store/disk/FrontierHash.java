package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digest of a file, computed while its blocks arrive, so that it is ready soon after the last one. The frontier is
 * the first block that is not hashed yet. A thread of its own follows the blocks and reads them back, from the system's
 * memory mostly, so that receiving and hashing share the processors.
 *
 * <p>When a block behind the frontier is written again, hashing starts over: the digest is always that of the bytes on
 * the disk.
 */
final class FrontierHash {
    private static final Logger LOG = LoggerFactory.getLogger(FrontierHash.class);
    /** How much is hashed at once; in between, others can learn how far it is. */
    private static final int STEP_BYTES = 4 << 20;
    /** How far hashing may be behind: whoever delivers blocks faster than they are hashed, helps. */
    private static final long MAX_LAG_BYTES = 64L << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    /** Held while hashing; the progress's lock may be taken under it, not the other way round. */
    private final ReentrantLock hashing = new ReentrantLock();
    /** Whether a thread is following, or about to. */
    private final AtomicBoolean followed = new AtomicBoolean();

    private final BlockPlan plan;
    private final UploadProgress progress;
    private final DiskFile file;
    private final Executor hashers;
    private final ContentDigest digest;
    private int next;
    private boolean stopped;

    FrontierHash(BlockPlan plan, DigestAlgorithm algorithm, UploadProgress progress, DiskFile file, Executor hashers) {
        this.plan = plan;
        this.progress = progress;
        this.file = file;
        this.hashers = hashers;
        this.digest = new ContentDigest(algorithm);
    }

    /**
     * A block was received.
     */
    void follow() throws IOException {
        if (progress.unhashedBlocks() * plan.blockSize() > MAX_LAG_BYTES) {
            advance();
        }
        if (plan.totalBlocks() > 1 && followed.compareAndSet(false, true)) {
            hashers.execute(this::catchUp);
        }
    }

    private void catchUp() {
        try {
            while (advance()) {
                // as far as the blocks go
            }
        } catch (IOException e) {
            LOG.debug("Hashing is tried again when the upload is complete", e);
        } finally {
            followed.set(false);
        }
    }

    /** Lets no thread follow any more, so that the file can be closed. */
    void stop() {
        hashing.lock();
        try {
            stopped = true;
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
            return digest.finish();
        } finally {
            hashing.unlock();
        }
    }

    /** Hashes what can be hashed, up to a limit; false if nothing could. */
    private boolean advance() throws IOException {
        hashing.lock();
        try {
            if (stopped) {
                return false;
            }
            UploadProgress.Span span = progress.reserveForHashing(next, Math.max(1, STEP_BYTES / plan.blockSize()));
            moveTo(span.from());
            if (span.isEmpty()) {
                return false;
            }
            hash(span);
            return true;
        } finally {
            hashing.unlock();
        }
    }

    private void hash(UploadProgress.Span span) throws IOException {
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
