package dev.step.s3;

import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished upload as one server sees it; others may see it at the same time. Blocks are gathered while a segment is on
 * its way to the bucket, and answered when theirs is there.
 *
 * <p>Whoever has written a segment looks what others have written since, and whether the upload still goes on. As nobody is
 * shown less than what was written before, the one who writes the last missing block finds all of them.
 */
final class S3Upload implements Upload {
    /** Held for moments. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when a turn is over, and with it what was done in it. */
    private final Condition changed = lock.newCondition();

    private final SharedParts parts;
    private final SharedView view;
    private final BlockPlan plan;
    private final ReceivedBlocks own;
    private Segment gathering = new Segment();
    /** Whether a thread has the turn: it alone writes, looks or publishes. */
    private boolean busy;
    /** Whether what is gathered is to be written when the turn is over, although nobody waits for it. */
    private boolean isDue;
    /** Whether a thread is to publish the upload. */
    private boolean publishing;

    private @Nullable Digest expected;
    private @Nullable StoredFile published;
    private boolean ended;
    private volatile Instant lastUsed;

    S3Upload(SharedParts parts, SharedView view) {
        this.parts = parts;
        this.view = view;
        this.plan = view.record().header().plan();
        this.own = new ReceivedBlocks(plan.totalBlocks());
        this.expected = view.record().header().check().expected();
        this.lastUsed = view.now();
    }

    @Override
    public String id() {
        return view.record().id().toString();
    }

    Key key() {
        return view.record().key();
    }

    @Override
    public BlockPlan plan() {
        return plan;
    }

    @Override
    public Optional<StoredFile> published() {
        lock.lock();
        try {
            return Optional.ofNullable(published);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Receipt take(DataBlock block, Optional<Digest> named) throws RefusedException {
        int length = block.bytes().remaining();
        if (length != plan.length(block.index())) {
            throw new IllegalArgumentException("block " + block.index() + " of another length");
        }
        lastUsed = view.now();
        parts.room().take(length);
        if (view.record().mayBeWhole(named)) {
            byte[] content = new byte[length];
            block.bytes().duplicate().get(content);
            return new WholeReceipt(parts.together().begin(() -> publishWhole(content, named)));
        }
        named.ifPresent(this::note);
        return gather(block, named);
    }

    private StoredFile publishWhole(byte[] content, Optional<Digest> named) throws IOException, RefusedException {
        try {
            return inTurn(() -> view.publishWhole(content, named));
        } finally {
            parts.room().giveBack(content.length);
        }
    }

    private Receipt gather(DataBlock block, Optional<Digest> named) throws RefusedException {
        boolean gathered = false;
        lock.lock();
        try {
            checkOngoing();
            while (!gathering.hasRoomFor(block)) {
                writeSoon();
                changed.awaitUninterruptibly();
                checkOngoing();
            }
            if (own.contains(block.index(), block.checksum())) {
                return BlockReceipt.ofStored(this, named);
            }
            Segment segment = gathering;
            int addition = segment.add(block);
            gathered = true;
            if (segment.isFullAfter(block) || parts.room().isScarce()) {
                writeSoon();
            }
            return BlockReceipt.of(this, segment, addition, named);
        } finally {
            lock.unlock();
            if (!gathered) {
                parts.room().giveBack(block.bytes().remaining());
            }
        }
    }

    private void checkOngoing() throws RefusedException {
        if (ended) {
            throw published == null ? Refusals.superseded(key()) : Refusals.complete(key());
        }
    }

    /** Has what was gathered written behind, although nobody waits for it yet. Called with the lock. */
    private void writeSoon() {
        if (!isDue) {
            isDue = true;
            beginDue();
        }
    }

    private void beginDue() {
        if (isDue && !busy) {
            parts.together().behind(this::writeDue);
        }
    }

    private void writeDue() {
        lock.lock();
        try {
            if (isDue && !busy) {
                busy = true;
                writeGathered();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the segment is written, by whoever has the turn first. */
    void awaitWritten(Segment segment) throws IOException, RefusedException {
        lock.lock();
        try {
            while (!segment.isSettled()) {
                if (busy) {
                    changed.awaitUninterruptibly();
                } else {
                    busy = true;
                    writeGathered();
                }
            }
        } finally {
            lock.unlock();
        }
        segment.check();
    }

    boolean isWritten(Segment segment) {
        lock.lock();
        try {
            return segment.isSettled();
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock, which is not held while writing. */
    private void writeGathered() {
        Segment segment = gathering;
        gathering = new Segment();
        isDue = false;
        lock.unlock();
        IOException failure = null;
        RefusedException refusal = null;
        try {
            view.write(segment);
        } catch (IOException e) {
            failure = e;
        } catch (RefusedException e) {
            refusal = e;
        } finally {
            lock.lock();
            parts.room().giveBack(segment.addedBytes());
            settle(segment, failure, refusal);
            endTurn();
        }
    }

    private void settle(Segment segment, @Nullable IOException failure, @Nullable RefusedException refusal) {
        if (failure != null) {
            segment.failed(failure);
        } else if (refusal != null) {
            segment.refused(refusal);
        } else {
            segment.written(view.isComplete());
            segment.parts().forEach(part -> own.add(part.index(), part.checksum()));
        }
        segment.forgetBlocks();
        noteEnd();
    }

    /** Called with the lock, by whoever has the turn. */
    private void noteEnd() {
        ended |= view.hasEnded();
        published = view.published().orElse(published);
    }

    private void endTurn() {
        busy = false;
        changed.signalAll();
        beginDue();
    }

    /** Does something while no other thread writes, looks or publishes. */
    private <T> T inTurn(BucketWork<T> work) throws IOException, RefusedException {
        lock.lock();
        try {
            checkOngoing();
            while (busy) {
                changed.awaitUninterruptibly();
                checkOngoing();
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        try {
            return work.run();
        } finally {
            lock.lock();
            try {
                noteEnd();
                endTurn();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Looks what others have made of the upload. */
    void look() throws IOException, RefusedException {
        inTurn(() -> {
            view.look();
            return true;
        });
    }

    /** Notes what the file has to come to. */
    private void note(Digest digest) {
        lock.lock();
        try {
            expected = digest;
        } finally {
            lock.unlock();
        }
    }

    /** One of them may write the last block, and would not know what the file has to come to. */
    private void tellOthers(Digest digest) throws IOException, RefusedException {
        inTurn(() -> {
            if (!view.isComplete()) {
                view.tellExpected(digest);
            }
            return true;
        });
    }

    /** True for one thread only. */
    private boolean isMineToPublish() throws IOException, RefusedException {
        lock.lock();
        try {
            while (busy) {
                changed.awaitUninterruptibly();
            }
            boolean named = expected != null
                    || view.record().header().check().expected() != null
                    || !view.record().header().check().verifyOnPublish();
            if (ended || publishing || !named || !view.isComplete()) {
                return false;
            }
            publishing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what has to be done when a block is in the bucket.
     *
     * @param named what the file has to come to, if the block's sender says so
     * @param mayComplete whether the sender is told when the file is complete
     * @return the file, if nothing is missing, and no other thread or server was faster
     */
    Optional<StoredFile> stored(Optional<Digest> named, boolean mayComplete) throws IOException, RefusedException {
        try {
            if (named.isPresent()) {
                tellOthers(named.get());
            }
            return mayComplete && isMineToPublish() ? Optional.of(publish()) : Optional.empty();
        } catch (RefusedException e) {
            if (published().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private StoredFile publish() throws IOException, RefusedException {
        try {
            return inTurn(() -> view.publish(Optional.ofNullable(expected)));
        } finally {
            lock.lock();
            try {
                publishing = false;
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public BlockRanges missing() throws IOException, RefusedException {
        lastUsed = view.now();
        return inTurn(() -> {
            view.look();
            return view.missing();
        });
    }

    /** How much of the file has arrived, in bytes. */
    long receivedBytes() throws IOException, RefusedException {
        return inTurn(() -> {
            view.look();
            return view.receivedBytes();
        });
    }

    /** Whether it is known to be a file, or discarded. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody has used it for so long. */
    boolean isIdle(Instant now, Duration idle) {
        lock.lock();
        try {
            return ended || (!busy && lastUsed.plus(idle).isBefore(now));
        } finally {
            lock.unlock();
        }
    }

    /** For who watches the server: without a look at what others have written. */
    StoreWatch.UnfinishedUpload shown() {
        lock.lock();
        try {
            return view.record().shown(Math.min(plan.size(), (long) own.count() * plan.blockSize()));
        } finally {
            lock.unlock();
        }
    }
}
