package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a file that are wanted, in ascending order, and hashes all that lies before them on the way: on a
 * thread of its own, as far ahead of {@link #next} as there are buffers. The last block comes when all of the file is hashed,
 * unless there will be more wanted blocks behind it. Any number of threads may take the blocks.
 */
final class BlockReader implements Closeable {
    /** In a queue, it says that there is nothing more. */
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final Session session;
    private final HashedFile file;
    private final BlockRanges wanted;
    private final BlockPlan plan;
    private final IntSupplier mostBuffers;
    private final BlockingQueue<ByteBuffer> free = new LinkedBlockingQueue<>();
    private final BlockingDeque<Block> ready = new LinkedBlockingDeque<>();
    private final AtomicLong unreleased;
    private final Thread thread = new Thread(this::readAll, "file-reader");
    private int buffers;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /**
     * A block of the file.
     *
     * @param content in the reader's buffer
     * @param crc its CRC32C
     */
    record Block(int index, ByteBuffer content, int crc) {
        int length() {
            return content.limit();
        }
    }

    /**
     * Starts to read.
     *
     * @param mostBuffers how far ahead, in blocks; may grow
     */
    BlockReader(Session session, HashedFile file, BlockRanges wanted, BlockPlan plan, IntSupplier mostBuffers) {
        this.session = session;
        this.file = file;
        this.wanted = wanted;
        this.plan = plan;
        this.mostBuffers = mostBuffers;
        this.unreleased = new AtomicLong(wanted.count());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next block. It stays the caller's until it is given back with {@link #release}, or with {@link #returnUnsent}.
     *
     * @return empty when there will be none: all were released, or nobody wants them any more
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    Optional<Block> next() throws IOException, ClientException {
        return checked(Queues.take(ready));
    }

    /** The same, if it is there without waiting. */
    Optional<Block> poll() throws IOException, ClientException {
        Block block = ready.poll();
        return block == null ? Optional.empty() : checked(block);
    }

    private Optional<Block> checked(Block block) throws IOException, ClientException {
        if (!isEnd(block.content())) {
            return Optional.of(block);
        }
        ready.addFirst(block); // for the others
        IOException cause = failure;
        session.checkCancelled();
        if (cause != null) {
            throw cause;
        }
        return Optional.empty();
    }

    /** Gives a block's buffer back for another block. */
    void release(Block block) {
        free.add(block.content());
        if (unreleased.decrementAndGet() == 0) {
            end();
        }
    }

    /** Gives blocks back, in ascending order, that somebody else has to send. */
    void returnUnsent(Deque<Block> blocks) {
        blocks.descendingIterator().forEachRemaining(ready::addFirst);
    }

    /** Nobody wants any more blocks. */
    void end() {
        ready.addFirst(new Block(0, END, 0));
    }

    private void readAll() {
        try {
            int last = wanted.ranges().get(wanted.ranges().size() - 1).last();
            for (BlockRanges.Range range : wanted.ranges()) {
                for (int index = range.first(); index <= range.last(); index++) {
                    if (!readOne(index, index == last && !wanted.more())) {
                        end();
                        return;
                    }
                }
            }
        } catch (IOException e) {
            failure = e;
            end();
        }
    }

    private boolean readOne(int index, boolean last) throws IOException {
        ByteBuffer buffer = buffer();
        if (isEnd(buffer)) {
            return false;
        }
        file.hashUpTo(index, this::isOver);
        int crc = isOver() ? 0 : file.read(index, buffer);
        if (last) {
            file.hashUpTo(plan.totalBlocks(), this::isOver);
        }
        return !isOver() && ready.add(new Block(index, buffer, crc));
    }

    private ByteBuffer buffer() {
        ByteBuffer used = free.poll();
        if (used != null) {
            return used;
        }
        return buffers < mostBuffers.getAsInt() ? session.buffers().get(buffers++, plan.length(0)) : Queues.take(free);
    }

    private boolean isOver() {
        return closed || session.isCancelled();
    }

    private static boolean isEnd(ByteBuffer block) {
        return block.capacity() == 0;
    }

    @Override
    public void close() {
        closed = true;
        free.clear();
        free.add(END);
        Queues.join(thread);
    }
}
