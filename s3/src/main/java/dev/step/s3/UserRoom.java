package dev.step.s3;

import dev.step.daemon.store.Quotas;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a user has, against the quota. It is counted by looking, and remembered for {@link #FRESH}: for so long, all servers
 * together may let a user have more than the quota. Who has no quota is never counted.
 */
final class UserRoom {
    /** How old what was counted may be. */
    static final Duration FRESH = Duration.ofSeconds(10);

    private final UserObjects user;
    private final FileListing listing;
    private final Supplier<Quotas> quotas;
    private volatile @Nullable Counted counted;

    UserRoom(UserObjects user, FileListing listing, Supplier<Quotas> quotas) {
        this.user = user;
        this.listing = listing;
        this.quotas = quotas;
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

    /**
     * Passes when there is room for one more file, or for this content of a file that there is.
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
        Usage others = others(key);
        if (quota.files().isPresent() && others.files() >= quota.files().getAsLong()) {
            throw Refusals.tooManyFiles(quota.files().getAsLong());
        }
        checkBytes(quota, others.bytes(), bytes);
    }

    /**
     * Passes when there is room for a value.
     *
     * @throws RefusedException 413
     */
    void checkValue(long bytes) throws IOException, RefusedException {
        Quota quota = quota();
        if (quota.bytes().isPresent()) {
            checkBytes(quota, everything().bytes(), bytes);
        }
    }

    private static void checkBytes(Quota quota, long taken, long bytes) throws RefusedException {
        long left = quota.bytes().orElse(Long.MAX_VALUE) - taken;
        if (bytes > left) {
            throw Refusals.overQuota(bytes, Math.max(0, left));
        }
    }

    private Usage others(Key key) throws IOException {
        Usage others = everything();
        for (UploadRecords.Found upload : user.records().of(key)) {
            others = others.without(upload.record().header().plan().size());
        }
        return user.files()
                .find(key)
                .map(FileObjects.Found::file)
                .map(file -> file.size())
                .map(others::without)
                .orElse(others);
    }

    private Usage everything() throws IOException {
        Instant now = user.parts().now();
        Counted before = counted;
        if (before != null && before.at().plus(FRESH).isAfter(now)) {
            return before.usage();
        }
        Usage usage = usage();
        for (UploadRecords.Found upload : user.records().all()) {
            usage = usage.with(upload.record().header().plan().size());
        }
        usage = new Usage(usage.files(), usage.bytes() + valueBytes());
        counted = new Counted(usage, now);
        return usage;
    }

    private record Counted(Usage usage, Instant at) {}
}
