package dev.step.s3;

import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a user has, against the quota. As each server counts for itself, all servers together may let a user have more than the
 * quota, by what they let the user send until they have counted again. Who has no quota is never counted.
 */
final class UserRoom {
    private final UserObjects user;
    private final FileListing listing;
    private final Supplier<Quotas> quotas;
    private final CountedUsage usage;

    UserRoom(UserObjects user, FileListing listing, Supplier<Quotas> quotas) {
        this.user = user;
        this.listing = listing;
        this.quotas = quotas;
        this.usage = new CountedUsage(user.parts().clock(), this::countEverything);
    }

    Quota quota() throws IOException {
        return quotas.get().of(user.names().user());
    }

    /** What the complete files take, now. */
    Usage usage() throws IOException {
        return listing.usage();
    }

    /** What the values take, now. */
    long valueBytes() throws IOException {
        long bytes = 0;
        for (ObjectStorage.Entry entry :
                Listings.all(user.storage(), ObjectStorage.Range.of(user.names().values()))) {
            bytes += entry.size();
        }
        return bytes;
    }

    /** Files, what uploads will be, and values. */
    private Usage countEverything() throws IOException {
        Usage all = usage();
        for (UploadRecords.Found upload : user.records().all()) {
            all = all.with(upload.record().header().plan().size());
        }
        return new Usage(all.files(), all.bytes() + valueBytes());
    }

    /**
     * Passes when there is room for one more file, or for this content of a file that there is: it counts from now on, and
     * what it takes the place of does not.
     *
     * @throws RefusedException 413
     */
    void check(Key key, long bytes) throws IOException, RefusedException {
        Quota quota = quota();
        if (quota.equals(Quota.NONE)) {
            return;
        }
        if (quota.fileBytes().isPresent() && bytes > quota.fileBytes().getAsLong()) {
            throw Refusals.fileTooLarge(quota.fileBytes().getAsLong());
        }
        Usage replaced = replaced(key);
        Usage change = new Usage(1 - replaced.files(), bytes - replaced.bytes());
        if (!usage.change(change, all -> hasRoom(quota, all))) {
            Usage others = minus(usage.current(), replaced);
            if (quota.files().isPresent() && others.files() >= quota.files().getAsLong()) {
                throw Refusals.tooManyFiles(quota.files().getAsLong());
            }
            throw Refusals.overQuota(bytes, Math.max(0, left(quota, others)));
        }
    }

    private static boolean hasRoom(Quota quota, Usage all) {
        return all.files() <= quota.files().orElse(Long.MAX_VALUE) && left(quota, all) >= 0;
    }

    private static long left(Quota quota, Usage all) {
        return quota.bytes().orElse(Long.MAX_VALUE) - all.bytes();
    }

    private static Usage minus(Usage all, Usage some) {
        return new Usage(all.files() - some.files(), all.bytes() - some.bytes());
    }

    /**
     * Passes when there is room for a value, which counts from now on.
     *
     * @throws RefusedException 413
     */
    void checkValue(long bytes) throws IOException, RefusedException {
        Quota quota = quota();
        if (quota.bytes().isPresent() && !usage.change(new Usage(0, bytes), all -> left(quota, all) >= 0)) {
            throw Refusals.overQuota(bytes, Math.max(0, left(quota, usage.current())));
        }
    }

    /** So many files or uploads are gone, which took so much. */
    void gone(Usage files) {
        usage.add(minus(Usage.NOTHING, files));
    }

    /** A value of this size is gone. */
    void valueGone(long bytes) {
        usage.add(new Usage(0, -bytes));
    }

    /** What content of this key takes the place of: a file, and uploads. */
    private Usage replaced(Key key) throws IOException {
        Usage replaced = Usage.NOTHING;
        for (UploadRecords.Found upload : user.records().of(key)) {
            replaced = replaced.with(upload.record().header().plan().size());
        }
        Optional<FileObjects.Found> file = user.files().find(key);
        return file.isPresent() ? replaced.with(file.get().file().size()) : replaced;
    }
}
