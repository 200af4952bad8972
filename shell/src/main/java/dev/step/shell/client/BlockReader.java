package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file once, from its start to its end, block by block, and hashes it on the way: on a thread of its own, as far
 * ahead of {@link #next} as there are buffers.
 */
final class BlockReader implements Closeable {
    /** In a queue, it says that there are no more buffers. */
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final FileChannel file;
    private final BlockPlan plan;
    private final BlockingQueue<ByteBuffer> free;
    private final BlockingQueue<ByteBuffer> ready;
    private final MessageDigest computation = DigestAlgorithm.MD5.start();
    private final Thread thread = new Thread(this::readAll, "file-reader");
    private volatile @Nullable IOException failure;
    private int given;

    /** Starts to read. The file is not closed here. */
    BlockReader(FileChannel file, BlockPlan plan, List<ByteBuffer> buffers) {
        this.file = file;
        this.plan = plan;
        this.free = new ArrayBlockingQueue<>(buffers.size() + 1, false, buffers);
        this.ready = new ArrayBlockingQueue<>(buffers.size() + 1);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next block. It stays the caller's until it is given back with {@link #release}.
     *
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    ByteBuffer next() throws IOException {
        ByteBuffer block = Queues.take(ready);
        IOException cause = failure;
        if (isEnd(block)) {
            throw cause == null ? new IOException("there are no more blocks") : cause;
        }
        given++;
        return block;
    }

    /** Whether there are blocks that {@link #next} has not given yet. */
    boolean hasNext() {
        return given < plan.totalBlocks();
    }

    /** Gives a block's buffer back for another block. */
    void release(ByteBuffer block) {
        free.add(block);
    }

    /** The digest of the whole file; only after the last block. */
    Digest digest() {
        Queues.join(thread);
        return Digest.of(DigestAlgorithm.MD5, computation);
    }

    private void readAll() {
        try {
            int total = plan.totalBlocks();
            for (int index = 0; index < total; index++) {
                ByteBuffer block = Queues.take(free);
                if (isEnd(block)) {
                    return;
                }
                read(block, index);
                ready.add(block);
            }
        } catch (IOException e) {
            failure = e;
            ready.add(END);
        }
    }

    private void read(ByteBuffer block, int index) throws IOException {
        block.clear().limit(plan.length(index));
        while (block.hasRemaining()) {
            if (file.read(block) < 0) {
                throw new IOException("it became shorter while it was sent; send it again when it is at rest");
            }
        }
        if (index == plan.totalBlocks() - 1 && file.size() != plan.size()) {
            throw new IOException("it grew while it was sent; send it again when it is at rest");
        }
        computation.update(block.flip());
        block.rewind();
    }

    private static boolean isEnd(ByteBuffer block) {
        return block.capacity() == 0;
    }

    @Override
    public void close() {
        free.clear();
        free.add(END);
        Queues.join(thread);
    }
}
