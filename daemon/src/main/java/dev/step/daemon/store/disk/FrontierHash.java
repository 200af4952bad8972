package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.DataBlock;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digest of a file, computed while its blocks arrive, so that it is ready soon after the last one. The frontier is
 * the first block that is not hashed yet. A thread of its own follows the blocks, so that receiving and hashing share the
 * processors. Blocks near the frontier are kept in memory until then; others, and those that found no room, are read back.
 *
 * <p>When a block behind the frontier is written again, hashing starts over: the digest is always that of the bytes on
 * the disk.
 */
final class FrontierHash {
    private static final Logger LOG = LoggerFactory.getLogger(FrontierHash.class);
    /** How much is hashed at once; in between, others can learn how far it is. */
    private static final int STEP_BYTES = 1 << 20;
    /** Less is not worth waking a thread for. */
    private static final int WORTH_A_THREAD_BYTES = 256 << 10;
    /**
     * How far hashing may be behind: whoever delivers blocks faster than they are hashed, helps. So the digest is ready a few
     * milliseconds after the last block.
     */
    private static final long MAX_LAG_BYTES = 4 << 20;
    /** How much memory one upload may take: what is behind, and what is being hashed. */
    private static final int MOST_PAGES = BlockMemory.pages(6 << 20);

    private static final int BUFFER_BYTES = 64 << 10;

    /** Held while hashing; the progress's lock may be taken under it, not the other way round. */
    private final ReentrantLock hashing = new ReentrantLock();
    /** Whether a thread is following, or about to. */
    private final AtomicBoolean followed = new AtomicBoolean();

    private final BlockPlan plan;
    private final UploadProgress progress;
    private final DiskFile file;
    private final Hashing shared;
    private final ContentDigest digest;
    /** By block index: what is on the disk, or about to be. */
    private final Map<Integer, BlockMemory.Copy> kept = new ConcurrentHashMap<>();

    private volatile int next;
    private boolean stopped;

    FrontierHash(BlockPlan plan, DigestAlgorithm algorithm, UploadProgress progress, DiskFile file, Hashing shared) {
        this.plan = plan;
        this.progress = progress;
        this.file = file;
        this.shared = shared;
        this.digest = new ContentDigest(algorithm);
    }

    /**
     * A block is about to be written, by the thread that has claimed it: what was known of its content counts no longer. Keeps
     * the new one if it will soon be hashed.
     */
    void keep(DataBlock block) {
        forget(block.index());
        int ahead = block.index() - next;
        if (plan.totalBlocks() > 1 && ahead >= 0 && ahead < MOST_PAGES / BlockMemory.pages(plan.blockSize())) {
            shared.memory().copy(block.bytes()).ifPresent(copy -> kept.put(block.index(), copy));
        }
    }

    private void forget(int index) {
        BlockMemory.Copy copy = kept.remove(index);
        if (copy != null) {
            copy.release();
        }
    }

    /** A block was received. */
    void follow() throws IOException {
        long behind = progress.unhashedBlocks() * plan.blockSize();
        if (behind > MAX_LAG_BYTES) {
            advance();
        }
        if (behind >= WORTH_A_THREAD_BYTES && plan.totalBlocks() > 1 && followed.compareAndSet(false, true)) {
            shared.threads().execute(this::catchUp);
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
            kept.keySet().forEach(this::forget);
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
            for (int index = span.from(); index < span.end(); index++) {
                hash(index);
            }
            next = span.end();
            hashed = true;
        } finally {
            if (!hashed) {
                moveTo(0); // nobody knows how much of the span was hashed
            }
        }
    }

    private void hash(int index) throws IOException {
        BlockMemory.Copy copy = kept.remove(index);
        if (copy == null) {
            readBack(index);
            return;
        }
        try {
            copy.addTo(digest);
        } finally {
            copy.release();
        }
    }

    /** Goes on at this block; if that is not the next one, then it is the first, and everything is hashed again. */
    private void moveTo(int index) {
        if (index != next) {
            digest.reset();
            next = index;
        }
    }

    private void readBack(int index) throws IOException {
        long end = plan.offset(index) + plan.length(index);
        ByteBuffer buffer = ByteBuffer.allocate(Math.min(BUFFER_BYTES, plan.length(index)));
        for (long at = plan.offset(index); at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            if (file.read(at, buffer) < buffer.limit()) {
                throw new EOFException("an upload's file is shorter than the blocks written to it");
            }
            digest.update(buffer.flip());
        }
    }
}
