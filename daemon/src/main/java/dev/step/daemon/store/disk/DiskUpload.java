package dev.step.daemon.store.disk;

import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.SaveOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished upload, from its SAVE until it is a file or discarded, through any number of restarts. Its files are
 * open only while it is used; after a restart, or when the disk has failed it, what is true of it is read from the disk
 * again by whoever uses it next.
 */
final class DiskUpload implements Upload {
    /** How long its files stay open when nobody uses them. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Held for moments, and while files are closed; the space ledger's lock may be taken under it. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when the files are opened or closed, and when the upload ends. */
    private final Condition changed = lock.newCondition();

    private final JournalHeader header;
    private final UploadFolder folder;
    private final UserUploads owner;

    private @Nullable OpenUpload open;
    private boolean opening;
    /** How many threads use the open files. */
    private int users;
    /** Whether the blocks on the disk are known to be those of the journal. */
    private boolean verified;
    /** What the space ledger holds for the rest of the blocks, in bytes. */
    private long promised;

    private boolean ended;
    private @Nullable StoredFile published;
    private @Nullable Instant lastUsed;

    private DiskUpload(JournalHeader header, UploadFolder folder, UserUploads owner, @Nullable OpenUpload open) {
        this.header = header;
        this.folder = folder;
        this.owner = owner;
        this.open = open;
        this.verified = open != null;
        this.promised = header.plan().size();
    }

    /** An upload that was just begun, with its files, and room for all of it promised. */
    static DiskUpload begun(JournalHeader header, UploadFolder folder, UserUploads owner, OpenUpload open) {
        return new DiskUpload(header, folder, owner, open);
    }

    /** An upload that was found on the disk. Room for all of it has to be promised, until it is known better. */
    static DiskUpload found(JournalHeader header, UploadFolder folder, UserUploads owner) {
        return new DiskUpload(header, folder, owner, null);
    }

    @Override
    public String id() {
        return folder.id().toString();
    }

    Key key() {
        return header.target().key();
    }

    JournalHeader header() {
        return header;
    }

    @Override
    public BlockPlan plan() {
        return header.plan();
    }

    /** Whether a SAVE that wants to resume continues this upload. */
    boolean isContinuedBy(UploadSpec spec) {
        SaveOptions options = spec.options();
        return options.resume().wanted()
                && options.resume().fingerprint().isPresent()
                && Objects.equals(
                        options.resume().fingerprint().get(),
                        header.clientFile().fingerprint())
                && spec.plan().size() == plan().size()
                && options.publishing().replace() == header.target().replace()
                && options.publishing().verify() == header.check().verifyOnPublish();
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
    public Optional<StoredFile> write(int index, ByteBuffer block, Optional<Digest> expected)
            throws IOException, RefusedException {
        if (block.remaining() != plan().length(index)) {
            throw new IllegalArgumentException("block " + index + " of " + block.remaining() + " bytes");
        }
        OpenUpload files = acquire();
        touch();
        try {
            files.write(index, block);
            settlePromise(files);
            if (expected.isPresent()) {
                files.expect(expected.get());
            }
            return files.progress().beginPublishing()
                    ? Optional.of(new Publication(this, owner).publish(files))
                    : Optional.empty();
        } finally {
            release();
        }
    }

    /** Publishes a file that has no blocks. */
    void completeEmpty() throws IOException, RefusedException {
        OpenUpload files = acquire();
        try {
            if (files.progress().beginPublishing()) {
                new Publication(this, owner).publish(files);
            }
        } finally {
            release();
        }
    }

    @Override
    public BlockRanges missing() throws IOException, RefusedException {
        OpenUpload files = acquire();
        try {
            return files.progress().missing();
        } finally {
            release();
        }
    }

    /** How much of the file has arrived, in bytes. */
    long receivedBytes() throws IOException, RefusedException {
        OpenUpload files = acquire();
        try {
            return files.progress().receivedBytes();
        } finally {
            release();
        }
    }

    /** Somebody continues it; false if it has ended. */
    boolean resume() throws IOException {
        try {
            acquire();
        } catch (RefusedException e) {
            return false;
        }
        touch();
        release();
        return true;
    }

    private void touch() {
        lock.lock();
        try {
            lastUsed = owner.now();
        } finally {
            lock.unlock();
        }
    }

    /** Finds out what of the upload is on the disk, unless that is known. */
    void verify() throws IOException, RefusedException {
        acquire();
        release();
        closeIfIdle(Instant.MAX);
    }

    /** Ends the upload, unless it has ended already, or is just about to become a file. */
    boolean discard() {
        OpenUpload files = lease();
        boolean first = files == null || files.progress().discard();
        if (first) {
            first = end(null);
        }
        if (files != null) {
            release();
        }
        return first;
    }

    /** The open files, if they are open, for a while. */
    private @Nullable OpenUpload lease() {
        lock.lock();
        try {
            while (opening) {
                changed.awaitUninterruptibly();
            }
            if (open != null) {
                users++;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the upload, as a file or as nothing; false if it has ended before. */
    boolean end(@Nullable StoredFile file) {
        lock.lock();
        try {
            boolean first = !ended;
            ended = true;
            if (first) {
                published = file;
                owner.space().adjust(-promised);
                promised = 0;
                owner.ended(this);
                closeIfUnused();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** The files, opened if necessary; to be given back with {@link #release}. */
    private OpenUpload acquire() throws IOException, RefusedException {
        lock.lock();
        try {
            awaitFilesOrTurn();
            if (open != null) {
                users++;
                return open;
            }
            opening = true;
        } finally {
            lock.unlock();
        }
        return openFiles();
    }

    /** Files that the disk has failed are closed by the last who uses them, before they are opened again. */
    private void awaitFilesOrTurn() throws RefusedException {
        checkOngoing();
        while (opening || (open != null && open.progress().isBroken())) {
            changed.awaitUninterruptibly();
            checkOngoing();
        }
    }

    private void checkOngoing() throws RefusedException {
        if (ended) {
            throw published == null ? Refusals.superseded(key()) : Refusals.complete(key());
        }
    }

    private OpenUpload openFiles() throws IOException, RefusedException {
        UserUploads.Reopened reopened = null;
        try {
            reopened = owner.reopen(this, !verified);
        } finally {
            opened(reopened);
        }
        if (reopened.files() == null) {
            end(reopened.published());
            throw reopened.published() == null ? Refusals.superseded(key()) : Refusals.complete(key());
        }
        settlePromise(reopened.files());
        return reopened.files();
    }

    private void opened(UserUploads.@Nullable Reopened reopened) {
        lock.lock();
        try {
            opening = false;
            if (reopened != null && reopened.files() != null) {
                open = reopened.files();
                verified = true;
                users++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        lock.lock();
        try {
            users--;
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    private void closeIfUnused() {
        if (open != null && users == 0 && (ended || open.progress().isBroken())) {
            close(open);
        }
        if (ended && published == null && open == null && !opening) {
            owner.remove(folder);
        }
    }

    private void close(OpenUpload files) {
        files.close();
        open = null;
        changed.signalAll();
    }

    /** Closes files that nobody has used for a while, to be opened again when somebody does. */
    void closeIfIdle(Instant now) {
        lock.lock();
        try {
            boolean idle = lastUsed == null || lastUsed.plus(IDLE).isBefore(now);
            if (open != null && users == 0 && idle) {
                close(open);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files for good; the upload stays on the disk. Nobody may use it any more. */
    void shut() {
        lock.lock();
        try {
            if (open != null && users == 0) {
                close(open);
            }
        } finally {
            lock.unlock();
        }
    }

    /** When somebody last used it. */
    Instant lastUsed() throws IOException {
        lock.lock();
        try {
            if (lastUsed != null) {
                return lastUsed;
            }
        } finally {
            lock.unlock();
        }
        return owner.lastUsed(folder);
    }

    private void settlePromise(OpenUpload files) {
        lock.lock();
        try {
            if (!ended) {
                long rest = plan().size() - files.progress().receivedBytes();
                owner.space().adjust(rest - promised);
                promised = rest;
            }
        } finally {
            lock.unlock();
        }
    }
}
