package dev.step.daemon.request;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Direct buffers for the blocks that are under way, reused and bounded in number: with thousands of connections, those
 * beyond the bound wait for a buffer before they read their block.
 *
 * <p>A sender that is slow holds its buffer for long. So a user has no more than a share of them, and old clients' small
 * blocks have buffers of their own, which are enough for thousands of slow ones.
 */
public final class BlockBuffers {
    /** What old clients send; other blocks are mostly much larger. */
    private static final int SMALL_BYTES = Limits.DEFAULT_BLOCK_BYTES;

    private static final long MOST_BYTES_OF_SMALL = 128L << 20;
    private static final long MOST_BYTES_OF_LARGE = 64L << 20;
    /** One of so many parts of the buffers is what one user may hold. */
    private static final int USERS_AT_ONCE = 4;

    private final Pool small;
    private final Pool large;

    /** Buffers that take at most three eighths of the memory that the JVM allows outside of its heap. */
    public BlockBuffers() {
        this(Runtime.getRuntime().maxMemory()); // unless set otherwise, direct memory may grow as large as the heap
    }

    /** @param directMemory how many bytes the JVM allows outside of its heap */
    BlockBuffers(long directMemory) {
        this.small = new Pool(SMALL_BYTES, Math.min(MOST_BYTES_OF_SMALL, directMemory / 4));
        this.large = new Pool(Limits.MAX_BLOCK_BYTES, Math.min(MOST_BYTES_OF_LARGE, directMemory / 8));
    }

    /** Waits for a buffer; its limit is set to this many bytes, at most {@link Limits#MAX_BLOCK_BYTES}. */
    Lease lease(UserName user, int bytes) {
        Pool pool = bytes <= SMALL_BYTES ? small : large;
        return new Lease(pool, user, pool.take(user).limit(bytes));
    }

    /** A buffer on loan, which may be what is sent: give it back by closing, and keep no reference. */
    static final class Lease implements Payload {
        private final Pool pool;
        private final UserName user;
        private final ByteBuffer buffer;

        private Lease(Pool pool, UserName user, ByteBuffer buffer) {
            this.pool = pool;
            this.user = user;
            this.buffer = buffer;
        }

        ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void send(JsonObject response, Client client) throws IOException {
            client.send(response, buffer);
        }

        @Override
        public void close() {
            pool.giveBack(user, buffer);
        }
    }

    private static final class Pool {
        private final int bufferBytes;
        private final Semaphore available;
        private final Shares shares;
        private final ConcurrentLinkedDeque<ByteBuffer> unused = new ConcurrentLinkedDeque<>();

        Pool(int bufferBytes, long bytes) {
            int count = (int) Math.max(USERS_AT_ONCE, bytes / bufferBytes);
            this.bufferBytes = bufferBytes;
            this.available = new Semaphore(count);
            this.shares = new Shares(count / USERS_AT_ONCE);
        }

        /** The user's share first: or those who wait for it would take what others could have. */
        ByteBuffer take(UserName user) {
            shares.take(user);
            available.acquireUninterruptibly();
            ByteBuffer buffer = unused.pollFirst();
            return buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear();
        }

        void giveBack(UserName user, ByteBuffer buffer) {
            unused.addFirst(buffer);
            available.release();
            shares.giveBack(user);
        }
    }
}
