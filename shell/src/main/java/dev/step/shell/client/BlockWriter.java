package dev.step.shell.client;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes content from its start to its end, and hashes it on the way: {@link BlockReader}'s twin. Each on a thread of its
 * own, one behind the other, so that hashing, which takes longest, has a processor for itself; what it hashes was copied to
 * the heap before, where it is fastest.
 */
final class BlockWriter implements Closeable {
    /** In a queue, it says that there are no more blocks. */
    private static final ByteBuffer END = ByteBuffer.allocate(0);
    /** One is being hashed, one is ready, and one is being filled. */
    private static final int MOST_COPIES = 3;

    private final WritableByteChannel sink;
    private final ContentDigest computation;
    private final Buffers buffers;
    private final int capacity;
    private final IntSupplier mostBuffers;
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private final BlockingQueue<ByteBuffer> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> unhashed = new ArrayBlockingQueue<>(MOST_COPIES + 1);
    private final BlockingQueue<ByteBuffer> hashed = new ArrayBlockingQueue<>(MOST_COPIES);
    private final Thread writer = new Thread(this::writeAll, "file-writer");
    private final Thread hasher = new Thread(this::hashAll, "hasher");
    private int copies;
    private int made;
    private volatile @Nullable IOException failure;

    /**
     * Begins where the channel is, which is not closed here.
     *
     * @param computation has what comes before that already
     * @param capacity of each buffer, in bytes
     * @param mostBuffers how many blocks may be in memory; may grow
     */
    BlockWriter(
            WritableByteChannel sink,
            ContentDigest computation,
            Buffers buffers,
            int capacity,
            IntSupplier mostBuffers) {
        this.sink = sink;
        this.computation = computation;
        this.buffers = buffers;
        this.capacity = capacity;
        this.mostBuffers = mostBuffers;
        writer.setDaemon(true);
        hasher.setDaemon(true);
        writer.start();
        hasher.start();
    }

    /**
     * A buffer for a block; waits until there is one. For several threads.
     *
     * @param length in bytes
     * @throws IOException when an earlier block could not be written
     */
    ByteBuffer buffer(int length) throws IOException {
        ByteBuffer buffer = freeBuffer();
        checkFailure();
        return buffer.clear().limit(length);
    }

    private synchronized ByteBuffer freeBuffer() {
        Queues.await(this, () -> !free.isEmpty() || made < mostBuffers.getAsInt());
        return free.isEmpty() ? buffers.get(made++, capacity) : free.remove();
    }

    /** Gives back, unused, what {@link #buffer} gave. */
    synchronized void release(ByteBuffer buffer) {
        free.add(buffer);
        notifyAll();
    }

    /** Writes a block, from the buffer's start to its position, after those that were given before. */
    void write(ByteBuffer block) {
        arrived.add(block.flip());
    }

    /** Waits until everything is written. */
    Digest finish() throws IOException {
        close();
        checkFailure();
        return computation.finish();
    }

    private void checkFailure() throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    private void writeAll() {
        try {
            for (ByteBuffer block = Queues.take(arrived); !isEnd(block); block = Queues.take(arrived)) {
                if (failure == null) {
                    writeOne(block);
                }
                release(block);
            }
        } finally { // or who waits for the end would wait for ever
            unhashed.add(END);
        }
    }

    private void writeOne(ByteBuffer block) {
        try {
            while (block.hasRemaining()) {
                sink.write(block);
            }
            unhashed.add(copy(block.flip()));
        } catch (IOException e) {
            failure = e;
        } catch (OutOfMemoryError e) { // a channel takes memory of its own
            failure = new IOException("no memory is left", e);
        }
    }

    /** Blocks come in their order, so that none is longer than those before it. */
    private ByteBuffer copy(ByteBuffer block) {
        ByteBuffer used = hashed.poll();
        if (used == null) {
            used = copies++ < MOST_COPIES ? ByteBuffer.allocate(block.remaining()) : Queues.take(hashed);
        }
        return used.clear().put(block).flip();
    }

    private void hashAll() {
        for (ByteBuffer copy = Queues.take(unhashed); !isEnd(copy); copy = Queues.take(unhashed)) {
            computation.update(copy);
            hashed.add(copy);
        }
    }

    private static boolean isEnd(ByteBuffer block) {
        return block.capacity() == 0;
    }

    @Override
    public void close() {
        if (hasher.isAlive()) {
            arrived.add(END);
            Queues.join(writer);
            Queues.join(hasher);
        }
    }
}
