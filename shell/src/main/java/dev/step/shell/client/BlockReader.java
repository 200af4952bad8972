package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.FilePart;
import java.io.Closeable;
import java.io.IOException;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a file that are wanted, in ascending order, and hashes all that lies before them on the way: on a
 * thread of its own, some blocks ahead of {@link #release}. They are not kept in memory: who sends one finds it in the system's
 * cache. The last block comes when all of the file is hashed, unless there will be more wanted blocks behind it. Any number of
 * threads may take the blocks.
 */
final class BlockReader implements Closeable {
    /**
     * As many blocks as connections usually begin with are hashed a little later, so that none of these waits for the first
     * hashing, which takes ten times as long as any other.
     */
    private static final int HASHED_LATER = 4;

    private final Session session;
    private final HashedFile file;
    private final BlockRanges wanted;
    private final BlockPlan plan;
    private final IntSupplier mostAhead;
    private final Semaphore released = new Semaphore(0);
    /** Nothing in it means that there will be no more. */
    private final BlockingDeque<Optional<Block>> ready = new LinkedBlockingDeque<>();

    private final AtomicLong unreleased;
    private final Thread thread = new Thread(this::readAll, "file-reader");
    private int ahead;
    private int made;
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
        this.unreleased = new AtomicLong(wanted.count());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The next block. When it is where it belongs, {@link #release} lets another one be read; if it cannot be sent, it goes back
     * with {@link #returnUnsent}.
     *
     * @return empty when there will be none: all were released, or nobody wants them any more
     * @throws IOException when the file cannot be read, or is no longer as long as the plan says
     */
    Optional<Block> next() throws IOException, ClientException {
        return checked(Queues.take(ready));
    }

    /** The same, if it is there without waiting. */
    Optional<Block> poll() throws IOException, ClientException {
        Optional<Block> block = ready.poll();
        return block == null ? Optional.empty() : checked(block);
    }

    private Optional<Block> checked(Optional<Block> block) throws IOException, ClientException {
        if (block.isPresent()) {
            return block;
        }
        end(); // for the others, too
        IOException cause = failure;
        session.checkCancelled();
        if (cause != null) {
            throw cause;
        }
        return block;
    }

    /** One of the blocks is where it belongs. */
    void release() {
        released.release();
        if (unreleased.decrementAndGet() == 0) {
            end();
        }
    }

    /** Gives blocks back, in ascending order, that somebody else has to send. */
    void returnUnsent(Deque<Block> blocks) {
        blocks.descendingIterator().forEachRemaining(block -> ready.addFirst(Optional.of(block)));
    }

    /** Nobody wants any more blocks. */
    void end() {
        ready.addFirst(Optional.empty());
    }

    private void readAll() {
        boolean complete = false;
        try {
            complete = readWanted();
        } catch (IOException e) {
            failure = e;
        } finally {
            if (!complete) { // or who waits for more would wait for ever
                end();
            }
        }
    }

    /** Whether all were read. */
    private boolean readWanted() throws IOException {
        int last = wanted.ranges().get(wanted.ranges().size() - 1).last();
        for (BlockRanges.Range range : wanted.ranges()) {
            for (int index = range.first(); index <= range.last(); index++) {
                if (!readOne(index, index == last && !wanted.more())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean readOne(int index, boolean last) throws IOException {
        awaitTurn();
        boolean hashedLater = made++ < HASHED_LATER && !last;
        if (!hashedLater) {
            file.hashUpTo(index, this::isOver);
        }
        int crc = isOver() ? 0 : hashedLater ? file.readUnhashed(index) : file.read(index);
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
