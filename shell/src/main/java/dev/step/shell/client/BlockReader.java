package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a file that are wanted, in ascending order, and hashes all that lies before them on the way: on a
 * thread of its own, some blocks ahead of {@link #release}. They are not kept in memory: who sends one finds it in the system's
 * cache. The last block comes when all of the file is hashed, unless there will be more wanted blocks behind it.
 */
final class BlockReader implements Closeable {
    private final Session session;
    private final HashedFile file;
    private final BlockRanges wanted;
    private final BlockPlan plan;
    private final IntSupplier mostAhead;
    private final Semaphore released = new Semaphore(0);
    /** Ends with nothing. */
    private final BlockingQueue<Optional<Block>> ready = new LinkedBlockingQueue<>();

    private final Thread thread = new Thread(this::readAll, "file-reader");
    private int ahead;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /**
     * A block of the file.
     *
     * @param crc its CRC32C, as it was read
     */
    record Block(int index, FilePart content, int crc) {
        int length() {
            return content.length();
        }
    }

    /**
     * Starts to read.
     *
     * @param mostAhead how many blocks may be read that were not released; may grow
     */
    BlockReader(Session session, HashedFile file, BlockRanges wanted, BlockPlan plan, IntSupplier mostAhead) {
        this.session = session;
        this.file = file;
        this.wanted = wanted;
        this.plan = plan;
        this.mostAhead = mostAhead;
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether {@link #next} would not have to wait. */
    boolean isReady() {
        return !ready.isEmpty();
    }

    /**
     * The next block. When the caller is done with it, {@link #release} lets another one be read.
     *
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    Block next() throws IOException, ClientException {
        Optional<Block> block = Queues.take(ready);
        if (block.isEmpty()) {
            IOException cause = failure;
            session.checkCancelled();
            throw cause == null ? new IOException("there are no more blocks") : cause;
        }
        return block.get();
    }

    /** One of the blocks is done with. */
    void release() {
        released.release();
    }

    private void readAll() {
        try {
            readWanted();
        } catch (IOException e) {
            failure = e;
        } finally { // or who waits for the end would wait for ever
            ready.add(Optional.empty());
        }
    }

    private void readWanted() throws IOException {
        int last = wanted.ranges().get(wanted.ranges().size() - 1).last();
        for (BlockRanges.Range range : wanted.ranges()) {
            for (int index = range.first(); index <= range.last(); index++) {
                if (!readOne(index, index == last && !wanted.more())) {
                    return;
                }
            }
        }
    }

    private boolean readOne(int index, boolean last) throws IOException {
        awaitTurn();
        file.hashUpTo(index, this::isOver);
        int crc = isOver() ? 0 : file.read(index);
        if (last) {
            file.hashUpTo(plan.totalBlocks(), this::isOver);
        }
        return !isOver() && ready.add(Optional.of(new Block(index, file.part(index), crc)));
    }

    private void awaitTurn() {
        if (!released.tryAcquire()) {
            if (ahead < mostAhead.getAsInt()) {
                ahead++;
            } else {
                released.acquireUninterruptibly();
            }
        }
    }

    private boolean isOver() {
        return closed || session.isCancelled();
    }

    @Override
    public void close() {
        closed = true;
        released.release();
        Queues.join(thread);
    }
}
