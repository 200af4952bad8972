package dev.step.s3;

import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.ReceivedBlocks;
import dev.step.daemon.store.DataBlock;
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

    private final SharedView view;
    private final BlockPlan plan;
    private final ReceivedBlocks own;
    private Segment gathering = new Segment();
    /** Whether a thread has the turn: it alone writes, looks or publishes. */
    private boolean busy;
    /** Whether a thread is to publish the upload. */
    private boolean publishing;

    private @Nullable Digest expected;
    private @Nullable StoredFile published;
    private boolean ended;
    private volatile Instant lastUsed;

    S3Upload(SharedView view) {
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
    public Optional<StoredFile> write(DataBlock block, Optional<Digest> named) throws IOException, RefusedException {
        if (block.bytes().remaining() != plan.length(block.index())) {
            throw new IllegalArgumentException("block " + block.index() + " of another length");
        }
        lastUsed = view.now();
        if (comesWhole(named)) {
            byte[] content = new byte[block.bytes().remaining()];
            block.bytes().duplicate().get(content);
            return Optional.of(inTurn(() -> view.publishWhole(content, named)));
        }
        Optional<Segment> segment = gather(block);
        if (segment.isPresent()) {
            awaitWritten(segment.get());
        } else {
            look();
        }
        return completed(named);
    }

    /** The file, if this block, which is in the bucket, has completed it. */
    private Optional<StoredFile> completed(Optional<Digest> named) throws IOException, RefusedException {
        try {
            if (named.isPresent()) {
                expect(named.get());
            }
            return isMineToPublish() ? Optional.of(publish()) : Optional.empty();
        } catch (RefusedException e) {
            if (published().isEmpty()) {
                throw e;
            }
            return Optional.empty(); // another server was faster
        }
    }

    private boolean comesWhole(Optional<Digest> named) {
        return plan.totalBlocks() == 1
                && (named.isPresent() || !view.record().header().check().verifyOnPublish());
    }

    /** The segment that the block has come into; empty if it is in the bucket already. */
    private Optional<Segment> gather(DataBlock block) throws RefusedException {
        lock.lock();
        try {
            checkOngoing();
            while (!gathering.hasRoomFor(block)) {
                changed.awaitUninterruptibly();
                checkOngoing();
            }
            if (own.contains(block.index(), block.checksum())) {
                return Optional.empty();
            }
            gathering.add(block);
            return Optional.of(gathering);
        } finally {
            lock.unlock();
        }
    }

    private void checkOngoing() throws RefusedException {
        if (ended) {
            throw published == null ? Refusals.superseded(key()) : Refusals.complete(key());
        }
    }

    /** Waits until the segment is written, by whoever has the turn first. */
    private void awaitWritten(Segment segment) throws IOException, RefusedException {
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

    /** Called with the lock, which is not held while writing. */
    private void writeGathered() {
        Segment segment = gathering;
        gathering = new Segment();
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
            segment.written();
            segment.parts().forEach(part -> own.add(part.index(), part.checksum()));
        }
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
    }

    /** Does something while no other thread writes, looks or publishes. */
    private <T> T inTurn(Work<T> work) throws IOException, RefusedException {
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

    /** Something that takes requests. */
    private interface Work<T> {
        T run() throws IOException, RefusedException;
    }

    private void look() throws IOException, RefusedException {
        inTurn(() -> {
            view.look();
            return true;
        });
    }

    /** Notes what the file has to come to, for other servers too if it is not complete now. */
    private void expect(Digest digest) throws IOException, RefusedException {
        lock.lock();
        try {
            boolean known = digest.equals(expected);
            expected = digest;
            if (known) {
                return;
            }
        } finally {
            lock.unlock();
        }
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
            JournalHeader header = view.record().header();
            long written = Math.min(plan.size(), (long) own.count() * plan.blockSize());
            return new StoreWatch.UnfinishedUpload(
                    header.target().user(),
                    key(),
                    plan.size(),
                    plan.size() - written,
                    header.identity().created());
        } finally {
            lock.unlock();
        }
    }
}
