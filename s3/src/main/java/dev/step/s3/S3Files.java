package dev.step.s3;

import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.journal.UploadIdentity;
import dev.step.daemon.journal.UploadTarget;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.LateDigests;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.PageRoom;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.Resumption;
import dev.step.daemon.store.StoreWatch;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Quota;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.UploadList;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One user's files. What there is, is in the bucket; of uploads, this server remembers those that it has to do with. */
final class S3Files implements UserFiles {
    private static final Logger LOG = LoggerFactory.getLogger(S3Files.class);

    private final UserObjects user;
    private final UserRoom room;
    private final LateDigests lateDigests;
    private final FileListing listing;
    private final Map<String, S3Upload> uploads = new ConcurrentHashMap<>();

    S3Files(UserObjects user, UserRoom room, FileListing listing) {
        this.user = user;
        this.room = room;
        this.listing = listing;
        this.lateDigests = new LateDigests(key -> user.files().read(key).map(found -> new BucketContent(user, found)));
    }

    @Override
    public Upload begin(UploadSpec spec) throws IOException, RefusedException {
        Optional<UploadRecords.Found> before = ongoing(spec.key());
        boolean replace = spec.options().publishing().replace();
        if (!replace && user.files().find(spec.key()).isPresent()) {
            throw Refusals.exists(spec.key());
        }
        if (before.isPresent()
                && Resumption.continues(spec, before.get().record().header())) {
            return open(before.get());
        }
        room.check(spec.key(), spec.plan().size());
        return spec.plan().totalBlocks() == 0 ? completeEmpty(spec, before) : beginNew(spec, before);
    }

    /**
     * The upload of a key that takes blocks. Before, those that are sealed are finished; and those that were discarded or
     * superseded by a server which died then are removed, or they would stand in the way of this one, or come back after it.
     */
    private Optional<UploadRecords.Found> ongoing(Key key) throws IOException {
        List<UploadRecords.Found> all = user.records().withDiscarded(key);
        for (int i = 0; i < all.size(); i++) {
            UploadRecords.Found upload = all.get(i);
            if (i == all.size() - 1 && upload.record().state() == UploadRecord.State.RECEIVING) {
                return Optional.of(upload);
            }
            user.ends().discard(upload);
        }
        return Optional.empty();
    }

    private Upload beginNew(UploadSpec spec, Optional<UploadRecords.Found> before)
            throws IOException, RefusedException {
        long sequence =
                before.isEmpty() ? 1 : before.get().record().header().identity().sequence() + 1;
        String writer = SharedView.newWriter(user.parts());
        UploadRecords.Found begun = user.records()
                .create(UploadRecord.begun(header(spec, user.parts().newId(), sequence), writer));
        if (before.isPresent()
                && !user.ends().discard(before.get())
                && !spec.options().publishing().replace()) {
            user.ends().discard(begun);
            throw Refusals.exists(spec.key());
        }
        S3Upload upload = new S3Upload(user.parts(), SharedView.begun(user, begun, writer));
        uploads.put(upload.id(), upload);
        return upload;
    }

    private Upload completeEmpty(UploadSpec spec, Optional<UploadRecords.Found> before)
            throws IOException, RefusedException {
        JournalHeader header = header(spec, user.parts().newId(), 0);
        DigestAlgorithm algorithm = header.check().algorithm();
        StoredFile file = new StoredFile(
                spec.key(),
                0,
                spec.options().modified().orElseGet(user.parts()::now),
                List.of(SharedView.digest(new byte[0], algorithm)),
                header.identity().id().toString());
        user.files()
                .publish(
                        FileObject.inline(file, new byte[0]),
                        spec.options().publishing().replace());
        if (before.isPresent()) {
            user.ends().discard(before.get());
        }
        return new CompleteUpload(file, spec.plan());
    }

    private JournalHeader header(UploadSpec spec, UploadId id, long sequence) {
        SaveOptions options = spec.options();
        return new JournalHeader(
                new UploadIdentity(id, 0, sequence, user.parts().now()),
                new UploadTarget(
                        user.names().user(), spec.key(), options.publishing().replace()),
                spec.plan(),
                new ContentCheck(
                        options.publishing().digest(), options.publishing().verify(), null),
                new ClientFile(
                        options.resume().fingerprint().orElse(null),
                        options.modified().orElse(null)));
    }

    /** The upload of this record, as this server has seen it so far; from the start when it took it for ended. */
    private S3Upload open(UploadRecords.Found found) throws IOException {
        String id = found.record().id().toString();
        S3Upload known = uploads.get(id);
        if (known != null && !known.hasEnded()) {
            return known;
        }
        S3Upload opened = new S3Upload(user.parts(), SharedView.found(user, found));
        return uploads.compute(id, (key, other) -> other == null || other.hasEnded() ? opened : other);
    }

    /** The uploads that this server has to do with. How much of them has come only the bucket knows. */
    List<StoreWatch.UnfinishedUpload> unfinished() {
        return uploads.values().stream()
                .filter(upload -> !upload.hasEnded())
                .map(S3Upload::shown)
                .toList();
    }

    /** Forgets uploads that have ended, and those that this server has had nothing to do with for so long. */
    void forgetIdle(Instant now, Duration idle) {
        uploads.values().removeIf(upload -> upload.isIdle(now, idle));
    }

    /** An upload that is named and known here needs no look: whoever writes a block finds out whether it goes on. */
    @Override
    public Upload upload(Key key, Optional<String> id) throws IOException, RefusedException {
        S3Upload known = id.isPresent() ? uploads.get(id.get()) : null;
        if (known != null && known.key().equals(key) && !known.hasEnded()) {
            return known;
        }
        Optional<UploadRecords.Found> current = ongoing(key);
        if (current.isPresent()
                && (id.isEmpty() || id.get().equals(current.get().record().id().toString()))) {
            return open(current.get());
        }
        Optional<FileObjects.Found> file = user.files().find(key);
        if (file.isPresent()
                && (id.isEmpty() || id.get().equals(file.get().file().version()))) {
            throw Refusals.complete(key);
        }
        throw id.isEmpty() ? Refusals.noUpload(key) : Refusals.superseded(key);
    }

    @Override
    public Arrivals arrivals() {
        return new S3Arrivals(user, room, this::discardUpload);
    }

    /** Discards the unfinished upload of a key, and says what it would have taken. */
    private Usage discardUpload(Key key) throws IOException {
        Optional<UploadRecords.Found> ongoing = ongoing(key);
        return ongoing.isPresent() && user.ends().discard(ongoing.get())
                ? Usage.NOTHING.with(ongoing.get().record().header().plan().size())
                : Usage.NOTHING;
    }

    @Override
    public Optional<Upload> unfinished(Key key) throws IOException {
        Optional<UploadRecords.Found> ongoing = ongoing(key);
        return ongoing.isEmpty() ? Optional.empty() : Optional.of(open(ongoing.get()));
    }

    @Override
    public UploadList uploads(ListQuery query) throws IOException {
        List<UploadRecords.Found> all = new ArrayList<>(user.records().all());
        all.removeIf(found -> found.record().state() != UploadRecord.State.RECEIVING
                || !found.record().key().text().startsWith(query.prefix())
                || query.after()
                        .filter(after -> Key.compareUtf8(found.record().key().text(), after) <= 0)
                        .isPresent());
        all.sort(Comparator.comparing(found -> found.record().key()));
        PageRoom page = new PageRoom(query);
        List<UploadList.Unfinished> unfinished = new ArrayList<>();
        String last = "";
        for (UploadRecords.Found found : all) {
            String key = found.record().key().text();
            if (!page.take(key)) {
                return new UploadList(unfinished, Optional.of(last));
            }
            last = key;
            add(found, unfinished);
        }
        return new UploadList(unfinished, Optional.empty());
    }

    private void add(UploadRecords.Found found, List<UploadList.Unfinished> unfinished) throws IOException {
        S3Upload upload = open(found);
        try {
            unfinished.add(
                    new UploadList.Unfinished(upload.key(), upload.plan().size(), upload.receivedBytes(), upload.id()));
        } catch (RefusedException e) {
            LOG.debug("Upload {} has just ended", upload.id());
        }
    }

    @Override
    public void discard(Key key) throws IOException, RefusedException {
        Usage discarded = discardUpload(key);
        room.gone(discarded);
        if (discarded.equals(Usage.NOTHING)) {
            throw Refusals.notExisting(key);
        }
    }

    @Override
    public StoredFile find(Key key) throws IOException, RefusedException {
        Optional<FileObjects.Found> found = user.files().find(key);
        if (found.isPresent()) {
            return found.get().file();
        }
        throw notFound(key);
    }

    private RefusedException notFound(Key key) throws IOException {
        return ongoing(key).isEmpty() ? Refusals.notExisting(key) : Refusals.notComplete(key);
    }

    @Override
    public Digest digest(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        return lateDigests.get(file, algorithm);
    }

    @Override
    public Digest reread(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException {
        return lateDigests.read(file, algorithm);
    }

    @Override
    public OpenFile open(Key key) throws IOException, RefusedException {
        Optional<FileObjects.Found> found = user.files().read(key);
        if (found.isPresent()) {
            return new ContentReader(user.storage(), found.get().object());
        }
        throw notFound(key);
    }

    @Override
    public FileList list(ListQuery query) throws IOException {
        return listing.page(query);
    }

    @Override
    public void move(MoveFile move) throws IOException, RefusedException {
        FileObjects.Found found = user.files().read(move.key()).orElse(null);
        if (found == null) {
            throw notFound(move.key());
        }
        if (move.key().equals(move.to())) {
            if (!move.replace()) {
                throw Refusals.exists(move.to());
            }
            return;
        }
        if (!move.replace() && user.files().find(move.to()).isPresent()) {
            throw Refusals.exists(move.to());
        }
        if (move.copy()) {
            room.check(move.to(), found.file().size());
        }
        new FileCopy(user).publish(found.object(), move.to(), move.replace());
        if (!move.copy()) {
            user.files().remove(found);
        }
    }

    @Override
    public Usage usage() throws IOException {
        return room.usage();
    }

    @Override
    public long pendingBytes() throws IOException {
        return user.records().all().stream()
                .mapToLong(found -> found.record().header().plan().size())
                .sum();
    }

    @Override
    public Quota quota() throws IOException {
        return room.quota();
    }

    /** The uploads first: once they are gone, nothing can bring the file back. */
    @Override
    public void delete(Key key) throws IOException, RefusedException {
        Usage discarded = discardUpload(key);
        room.gone(discarded);
        Optional<FileObjects.Found> found = user.files().find(key);
        if (found.isEmpty()) {
            throw discarded.equals(Usage.NOTHING) ? Refusals.notExisting(key) : Refusals.discarded(key);
        }
        user.files().remove(found.get());
        room.gone(Usage.NOTHING.with(found.get().file().size()));
    }
}
