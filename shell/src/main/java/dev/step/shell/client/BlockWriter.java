package dev.step.shell.client;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Writes content from its start to its end and hashes it on the way, on a thread of its own: {@link BlockReader}'s twin. */
final class BlockWriter implements Closeable {
    /** In a queue, it says that there are no more buffers. */
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final WritableByteChannel sink;
    private final BlockingQueue<ByteBuffer> free;
    private final BlockingQueue<ByteBuffer> full;
    private final MessageDigest computation = DigestAlgorithm.MD5.start();
    private final Thread thread = new Thread(this::writeAll, "file-writer");
    private volatile @Nullable IOException failure;

    /** The channel is not closed here. */
    BlockWriter(WritableByteChannel sink, List<ByteBuffer> buffers) {
        this.sink = sink;
        this.free = new ArrayBlockingQueue<>(buffers.size(), false, buffers);
        this.full = new ArrayBlockingQueue<>(buffers.size() + 1);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A buffer for the next block.
     *
     * @param length in bytes
     * @throws IOException when an earlier block could not be written
     */
    ByteBuffer buffer(int length) throws IOException {
        ByteBuffer buffer = Queues.take(free);
        checkFailure();
        return buffer.clear().limit(length);
    }

    /** Gives back, unused, what {@link #buffer} gave. */
    void release(ByteBuffer buffer) {
        free.add(buffer);
    }

    /** Writes a block, from the buffer's start to its position, after those that were given before. */
    void write(ByteBuffer block) {
        full.add(block.flip());
    }

    /** Waits until everything is written. */
    Digest finish() throws IOException {
        close();
        checkFailure();
        return Digest.of(DigestAlgorithm.MD5, computation);
    }

    private void checkFailure() throws IOException {
        IOException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    private void writeAll() {
        for (ByteBuffer block = Queues.take(full); !isEnd(block); block = Queues.take(full)) {
            if (failure == null) {
                writeOne(block);
            }
            free.add(block);
        }
    }

    private void writeOne(ByteBuffer block) {
        computation.update(block);
        block.rewind();
        try {
            while (block.hasRemaining()) {
                sink.write(block);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private static boolean isEnd(ByteBuffer block) {
        return block.capacity() == 0;
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            full.add(END);
            Queues.join(thread);
        }
    }
}
