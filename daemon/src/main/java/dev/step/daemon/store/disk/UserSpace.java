package dev.step.daemon.store.disk;

import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a user's complete files and values take, and what was promised to those on their way, against the user's quota. A file on its
 * way counts in full from its announcement until it has ended, as a file or as nothing. Safe for any number of threads.
 *
 * <p>A promise is given back only after its file is in the catalogue, so that nothing is ever counted too low.
 */
final class UserSpace {
    /** Held for moments; what is known of files and values is read under it, once it is loaded. */
    private final ReentrantLock lock = new ReentrantLock();

    private final UserName user;
    private final FileNames names;
    private final ValueIndex values;
    private final SpaceLedger disk;
    private final Map<UploadId, Long> promises = new HashMap<>();
    private long promisedBytes;

    /** @param disk what all users share, and what each may have of it */
    UserSpace(UserName user, FileNames names, ValueIndex values, SpaceLedger disk) {
        this.user = user;
        this.names = names;
        this.values = values;
        this.disk = disk;
    }

    /** What the user's files may take. */
    Quota quota() throws IOException {
        return disk.quota(user);
    }

    /**
     * Promises room for an upload, on the disk too. What it takes the place of does not count beside it: a complete file,
     * and an unfinished upload.
     *
     * @param replaced the upload whose place this one takes
     * @throws RefusedException 413 when the quota or the disk does not allow it
     */
    void promise(UploadId id, Key key, long bytes, Optional<UploadId> replaced) throws IOException, RefusedException {
        reserve(id, key, bytes, replaced);
        boolean promised = false;
        try {
            disk.promise(bytes);
            promised = true;
        } finally {
            if (!promised) {
                release(id);
            }
        }
    }

    /**
     * Promises that a file may have this key, too, whose bytes are on the disk already.
     *
     * @throws RefusedException 413 when the quota does not allow it
     */
    void promiseCopy(UploadId id, Key key, long bytes) throws IOException, RefusedException {
        reserve(id, key, bytes, Optional.empty());
    }

    private void reserve(UploadId id, Key key, long bytes, Optional<UploadId> replaced)
            throws IOException, RefusedException {
        Quota quota = quota();
        load();
        lock.lock();
        try {
            check(quota, others(key, replaced), bytes);
            add(id, bytes);
        } finally {
            lock.unlock();
        }
    }

    private static void check(Quota quota, Usage others, long bytes) throws RefusedException {
        if (quota.fileBytes().isPresent() && bytes > quota.fileBytes().getAsLong()) {
            throw Refusals.fileTooLarge(quota.fileBytes().getAsLong());
        }
        if (quota.files().isPresent() && others.files() >= quota.files().getAsLong()) {
            throw Refusals.tooManyFiles(quota.files().getAsLong());
        }
        checkBytes(quota, others, bytes);
    }

    private static void checkBytes(Quota quota, Usage others, long bytes) throws RefusedException {
        long left = quota.bytes().orElse(Long.MAX_VALUE) - others.bytes();
        if (bytes > left) {
            throw Refusals.overQuota(bytes, Math.max(0, left));
        }
    }

    /**
     * Promises room for a value, on the disk too, until {@link #releaseValue}.
     *
     * @throws RefusedException 413 when the quota or the disk does not allow it
     */
    void promiseValue(long bytes) throws IOException, RefusedException {
        Quota quota = quota();
        load();
        lock.lock();
        try {
            checkBytes(quota, everything(), bytes);
            disk.promise(bytes);
            promisedBytes += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The value has been saved, or not. */
    void releaseValue(long bytes) {
        disk.adjust(-bytes);
        lock.lock();
        try {
            promisedBytes -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Reads from the disk what is not known yet, for which the lock must not be held. */
    private void load() throws IOException {
        names.usage();
        values.bytes();
    }

    private Usage everything() throws IOException {
        Usage complete = names.usage();
        return new Usage(complete.files() + promises.size(), complete.bytes() + values.bytes() + promisedBytes);
    }

    /** What counts beside a new file of this key. */
    private Usage others(Key key, Optional<UploadId> replaced) throws IOException {
        Usage others = everything();
        Optional<StoredFile> old = names.find(key);
        if (old.isPresent()) {
            others = others.without(old.get().size());
        }
        Optional<Long> oldPromise = replaced.map(promises::get);
        return oldPromise.isPresent() ? others.without(oldPromise.get()) : others;
    }

    /** Notes, unasked, what was promised before a restart. */
    void note(UploadId id, long bytes) {
        disk.adjust(bytes);
        lock.lock();
        try {
            add(id, bytes);
        } finally {
            lock.unlock();
        }
    }

    private void add(UploadId id, long bytes) {
        promises.put(id, bytes);
        promisedBytes += bytes;
    }

    /** Takes a promise back, if there still is one; what the disk has promised is the upload's own to give back. */
    void release(UploadId id) {
        lock.lock();
        try {
            Long bytes = promises.remove(id);
            promisedBytes -= bytes == null ? 0 : bytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many were promised room, and have not ended. */
    int promises() {
        lock.lock();
        try {
            return promises.size();
        } finally {
            lock.unlock();
        }
    }

    /** What was promised, in bytes. */
    long promisedBytes() {
        lock.lock();
        try {
            return promisedBytes;
        } finally {
            lock.unlock();
        }
    }
}
