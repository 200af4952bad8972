package dev.step.daemon.request;

import dev.step.protocol.Limits;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Direct buffers for the blocks that are under way, reused and bounded in number: with thousands of connections, those
 * beyond the bound wait for a buffer before they read their block. Old clients' small blocks have buffers of their own,
 * so that they never wait for large ones.
 */
public final class BlockBuffers {
    private static final int SMALL_BYTES = 64 << 10;
    private static final long MOST_BYTES = 96L << 20;

    private final Pool small;
    private final Pool large;

    /** Buffers that take at most half of the memory that the JVM allows outside of its heap. */
    public BlockBuffers() {
        // Unless set otherwise, direct memory may grow as large as the heap.
        long bytes = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 2);
        this.small = new Pool(SMALL_BYTES, bytes / 4);
        this.large = new Pool(Limits.MAX_BLOCK_BYTES, bytes - bytes / 4);
    }

    /** Waits for a buffer; its limit is set to this many bytes, at most {@link Limits#MAX_BLOCK_BYTES}. */
    Lease lease(int bytes) {
        Pool pool = bytes <= SMALL_BYTES ? small : large;
        return new Lease(pool, pool.take().limit(bytes));
    }

    /** A buffer on loan: give it back by closing, and keep no reference. */
    static final class Lease implements AutoCloseable {
        private final Pool pool;
        private final ByteBuffer buffer;

        private Lease(Pool pool, ByteBuffer buffer) {
            this.pool = pool;
            this.buffer = buffer;
        }

        ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void close() {
            pool.giveBack(buffer);
        }
    }

    private static final class Pool {
        private final int bufferBytes;
        private final Semaphore available;
        private final ConcurrentLinkedDeque<ByteBuffer> unused = new ConcurrentLinkedDeque<>();

        Pool(int bufferBytes, long bytes) {
            this.bufferBytes = bufferBytes;
            this.available = new Semaphore((int) Math.max(1, bytes / bufferBytes));
        }

        ByteBuffer take() {
            available.acquireUninterruptibly();
            ByteBuffer buffer = unused.pollFirst();
            return buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear();
        }

        void giveBack(ByteBuffer buffer) {
            unused.addFirst(buffer);
            available.release();
        }
    }
}
