package dev.step.daemon.store.disk;

import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.store.DataBlock;
import dev.step.daemon.store.Receipt;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished upload, from its SAVE until it is a file or discarded, through any number of restarts. Its files are
 * open only while it is used; after a restart, or when the disk has failed it, what is true of it is read from the disk
 * again by whoever uses it next.
 *
 * <p>One of a single block has no files at first, and never gets any when that block completes it: there is nothing to
 * remember of it but the SAVE, and a client whose server has forgotten that announces the file again.
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
    /** Whether a thread makes or opens the files, or publishes without any. */
    private boolean busy;
    /** Whether there are files, open or not. */
    private boolean hasFiles;
    /** How many threads use the open files. */
    private int users;
    /** Whether the blocks on the disk are known to be those of the journal. */
    private boolean verified;
    /** Room for the rest of the blocks. */
    private final SpacePromise promise;

    private boolean ended;
    private @Nullable StoredFile published;
    private volatile @Nullable Instant lastUsed;

    private DiskUpload(JournalHeader header, UploadFolder folder, UserUploads owner, boolean isNew) {
        this.header = header;
        this.folder = folder;
        this.owner = owner;
        this.hasFiles = !isNew;
        this.verified = isNew;
        this.lastUsed = isNew ? owner.now() : null;
        this.promise = new SpacePromise(owner.space(), header.plan().size());
    }

    /** An upload that was just announced, without files yet, and with room for all of it promised. */
    static DiskUpload announced(JournalHeader header, UploadFolder folder, UserUploads owner) {
        return new DiskUpload(header, folder, owner, true);
    }

    /** An upload that was found on the disk. Room for all of it has to be promised, until it is known better. */
    static DiskUpload found(JournalHeader header, UploadFolder folder, UserUploads owner) {
        return new DiskUpload(header, folder, owner, false);
    }

    /** Makes its files. */
    void begin() throws IOException, RefusedException {
        acquire();
        release();
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

    /** How much has still to come, at most; without waiting for anybody. */
    long missingBytes() {
        return promise.needed();
    }

    @Override
    public BlockPlan plan() {
        return header.plan();
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
    public Receipt take(DataBlock block, Optional<Digest> expected) throws IOException, RefusedException {
        if (block.bytes().remaining() != plan().length(block.index())) {
            throw new IllegalArgumentException("block " + block.index() + " is of another length");
        }
        if (comesWhole(expected) && takeTurnWithoutFiles()) {
            return Receipt.of(Optional.of(publishWhole(block.bytes(), expected)));
        }
        OpenUpload files = acquire();
        lastUsed = owner.now();
        try {
            files.write(block);
            settlePromise(files);
            if (expected.isPresent()) {
                files.expect(expected.get());
            }
            boolean completes = files.progress().beginPublishing();
            return Receipt.of(completes ? Optional.of(new Publication(this, owner).publish(files)) : Optional.empty());
        } finally {
            release();
        }
    }

    private boolean comesWhole(Optional<Digest> expected) {
        return plan().totalBlocks() == 1
                && (expected.isPresent() || !header.check().verifyOnPublish());
    }

    /** Publishes a file that has no blocks. */
    void completeEmpty() throws IOException, RefusedException {
        if (takeTurnWithoutFiles()) {
            publishWhole(ByteBuffer.allocate(0), Optional.empty());
        }
    }

    /** Keeps others waiting; false if there are files already. */
    private boolean takeTurnWithoutFiles() throws RefusedException {
        lock.lock();
        try {
            awaitFilesOrTurn();
            busy = !hasFiles;
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** What fails leaves the upload as it was; content that is refused ends it. */
    private StoredFile publishWhole(ByteBuffer content, Optional<Digest> expected)
            throws IOException, RefusedException {
        try {
            StoredFile file = owner.publishWhole(this, content, expected);
            end(file);
            return file;
        } catch (RefusedException e) {
            end(null);
            throw e;
        } finally {
            endTurn(null);
        }
    }

    /** Whether nothing has come yet, so that there are no files. */
    private boolean isUntouched() throws RefusedException {
        lock.lock();
        try {
            awaitFilesOrTurn();
            return !hasFiles;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BlockRanges missing() throws IOException, RefusedException {
        if (isUntouched()) {
            return BlockRanges.all(plan());
        }
        OpenUpload files = acquire();
        try {
            return files.progress().missing();
        } finally {
            release();
        }
    }

    /** How much of the file has arrived, in bytes. */
    long receivedBytes() throws IOException, RefusedException {
        if (isUntouched()) {
            return 0;
        }
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
            if (!isUntouched()) {
                begin();
            }
        } catch (RefusedException e) {
            return false;
        }
        lastUsed = owner.now();
        return true;
    }

    /** Finds out what of the upload is on the disk, unless that is known. */
    void verify() throws IOException, RefusedException {
        if (!isUntouched()) {
            begin();
            closeIfIdle(Instant.MAX);
        }
    }

    /** Ends the upload, unless it has ended already, or is just about to become a file. */
    boolean discard() {
        OpenUpload files = lease();
        boolean first = (files == null || files.progress().discard()) && end(null);
        if (files != null) {
            release();
        }
        return first;
    }

    /** The open files, if they are open, for a while. */
    private @Nullable OpenUpload lease() {
        lock.lock();
        try {
            while (busy) {
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
                promise.settle(0);
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
            busy = true;
        } finally {
            lock.unlock();
        }
        return openFiles();
    }

    /** Files that the disk has failed are closed by the last who uses them, before they are opened again. */
    private void awaitFilesOrTurn() throws RefusedException {
        checkOngoing();
        while (busy || (open != null && open.progress().isBroken())) {
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
            reopened = hasFiles ? owner.reopen(this, !verified) : new UserUploads.Reopened(owner.create(this), null);
        } finally {
            endTurn(reopened);
        }
        if (reopened.files() == null) {
            end(reopened.published());
            throw reopened.published() == null ? Refusals.superseded(key()) : Refusals.complete(key());
        }
        settlePromise(reopened.files());
        return reopened.files();
    }

    private void endTurn(UserUploads.@Nullable Reopened reopened) {
        lock.lock();
        try {
            busy = false;
            if (reopened != null && reopened.files() != null) {
                open = reopened.files();
                hasFiles = true;
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
        if (ended && published == null && open == null && hasFiles && !busy) {
            owner.remove(folder);
        }
    }

    private void close(OpenUpload files) {
        files.close();
        open = null;
        changed.signalAll();
    }

    /** Closes files that nobody has used for a while before this, to be opened again when somebody does. */
    void closeIfIdle(Instant now) {
        Instant known = lastUsed;
        boolean idle = known == null || known.plus(IDLE).isBefore(now);
        lock.lock();
        try {
            if (open != null && users == 0 && idle) {
                close(open);
            }
        } finally {
            lock.unlock();
        }
    }

    /** When somebody last used it. */
    Instant lastUsed() throws IOException {
        Instant known = lastUsed;
        return known != null ? known : owner.lastUsed(folder);
    }

    private void settlePromise(OpenUpload files) {
        lock.lock();
        try {
            if (!ended) {
                promise.settle(plan().size() - files.progress().receivedBytes());
            }
        } finally {
            lock.unlock();
        }
    }
}
