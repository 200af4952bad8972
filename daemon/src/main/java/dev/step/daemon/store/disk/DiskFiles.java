package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.journal.UploadTarget;
import dev.step.daemon.store.Arrivals;
import dev.step.daemon.store.LateDigests;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.Resumption;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.Usage;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Quota;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.UploadList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One user's files: the complete ones are {@link FileNames}', the uploads are here. */
final class DiskFiles implements UserFiles, UserUploads {
    private static final Logger LOG = LoggerFactory.getLogger(DiskFiles.class);
    /** A user with more unfinished uploads pays for each with a folder: they must not fill the memory alone. */
    private static final int MOST_WITHOUT_FILES = 1_000;

    private final UserName user;
    private final FileNames names;
    private final StoreUploads shared;
    private final LateDigests lateDigests;
    private final UserSpace space;
    /** The unfinished uploads, one of a key at most. */
    private final KeyIndex<DiskUpload> uploads = new KeyIndex<>();

    DiskFiles(UserName user, FileNames names, StoreUploads shared, UserSpace space) {
        this.user = user;
        this.names = names;
        this.shared = shared;
        this.lateDigests = new LateDigests(key -> names.open(key).map(opened -> new DiskContent(names, opened)));
        this.space = space;
    }

    /** An upload was found on the disk. Of two of the same key, the later one counts. */
    void found(JournalHeader header) {
        DiskUpload upload = DiskUpload.found(
                header, shared.folders().folder(header.identity().id()), this);
        space.note(header.identity().id(), header.plan().size());
        Optional<DiskUpload> other = uploads.get(upload.key());
        boolean later = other.isEmpty()
                || header.identity().sequence()
                        > other.get().header().identity().sequence();
        if (later) {
            uploads.put(upload.key(), upload);
            other.ifPresent(DiskUpload::discard);
        } else {
            upload.discard();
        }
    }

    /** All unfinished uploads. */
    Collection<DiskUpload> uploads() {
        return uploads.values();
    }

    /**
     * Looks for a complete file twice: the upload whose place this one takes may just have been completed. Two that
     * begin at the same time: the later one takes the place of the earlier.
     */
    @Override
    public Upload begin(UploadSpec spec) throws IOException, RefusedException {
        refuseIfComplete(spec);
        Optional<DiskUpload> current =
                uploads.get(spec.key()).filter(upload -> Resumption.continues(spec, upload.header()));
        DiskUpload upload = current.isPresent() && current.get().resume() ? current.get() : beginNew(spec);
        if (upload.plan().totalBlocks() == 0) {
            upload.completeEmpty();
        }
        return upload;
    }

    private DiskUpload beginNew(UploadSpec spec) throws IOException, RefusedException {
        DiskUpload upload = create(spec);
        Optional<DiskUpload> previous = uploads.replace(spec.key(), upload);
        previous.ifPresent(DiskUpload::discard);
        try {
            refuseIfComplete(spec);
        } catch (RefusedException e) {
            upload.discard();
            throw e;
        }
        return upload;
    }

    private void refuseIfComplete(UploadSpec spec) throws IOException, RefusedException {
        if (!spec.options().publishing().replace() && names.find(spec.key()).isPresent()) {
            throw Refusals.exists(spec.key());
        }
    }

    private DiskUpload create(UploadSpec spec) throws IOException, RefusedException {
        UploadFolder folder = shared.folders().folder(shared.folders().newId());
        space.promise(
                folder.id(),
                spec.key(),
                spec.plan().size(),
                uploads.get(spec.key()).map(upload -> upload.header().identity().id()));
        DiskUpload upload = DiskUpload.announced(header(spec, folder), folder, this);
        boolean begun = spec.plan().totalBlocks() <= 1 && space.promises() <= MOST_WITHOUT_FILES;
        try {
            if (!begun) {
                upload.begin();
                begun = true;
            }
            return upload;
        } finally {
            if (!begun) {
                upload.discard();
            }
        }
    }

    private JournalHeader header(UploadSpec spec, UploadFolder folder) {
        SaveOptions options = spec.options();
        return new JournalHeader(
                shared.identify(folder),
                new UploadTarget(user, spec.key(), options.publishing().replace()),
                spec.plan(),
                new ContentCheck(
                        options.publishing().digest(), options.publishing().verify(), null),
                new ClientFile(
                        options.resume().fingerprint().orElse(null),
                        options.modified().orElse(null)));
    }

    @Override
    public OpenUpload create(DiskUpload upload) throws IOException {
        return shared.files().create(folder(upload), upload.header());
    }

    @Override
    public Reopened reopen(DiskUpload upload, boolean verify) throws IOException {
        UploadFolder folder = folder(upload);
        Optional<StoredFile> file = names.reclaim(upload.key(), folder);
        boolean outdated =
                !upload.header().target().replace() && names.find(upload.key()).isPresent();
        return file.isPresent() || outdated
                ? new Reopened(null, file.orElse(null))
                : new Reopened(
                        shared.files().open(folder, upload.header(), verify).orElse(null), null);
    }

    @Override
    public StoredFile publish(DiskUpload upload, Digest digest) throws IOException, RefusedException {
        StoredFile file = file(upload, digest);
        names.publish(PendingFile.ofUpload(
                file, folder(upload), upload.header().target().replace()));
        return file;
    }

    @Override
    public StoredFile publishWhole(DiskUpload upload, ByteBuffer content, Optional<Digest> expected)
            throws IOException, RefusedException {
        Digest digest = digest(content, upload.header().check().algorithm());
        if (expected.isPresent()) {
            Digest found = expected.get().algorithm() == digest.algorithm()
                    ? digest
                    : digest(content, expected.get().algorithm());
            if (!found.equals(expected.get())) {
                throw Refusals.otherContent(upload.key(), found, expected.get());
            }
        }
        StoredFile file = file(upload, digest);
        boolean published = false;
        try {
            try (DiskFile data = shared.files().writeWhole(folder(upload), content.duplicate())) {
                data.sync();
            }
            names.publish(PendingFile.whole(
                    file, folder(upload).whole(), upload.header().target().replace()));
            published = true;
            return file;
        } finally {
            if (!published) {
                shared.files().removeWhole(folder(upload));
            }
        }
    }

    private static Digest digest(ByteBuffer content, DigestAlgorithm algorithm) {
        ContentDigest digest = new ContentDigest(algorithm);
        digest.update(content.duplicate());
        return digest.finish();
    }

    private StoredFile file(DiskUpload upload, Digest digest) {
        Instant modified = upload.header().clientFile().modified();
        return new StoredFile(
                upload.key(),
                upload.plan().size(),
                modified == null ? now().truncatedTo(ChronoUnit.MILLIS) : modified,
                List.of(digest),
                upload.id());
    }

    private UploadFolder folder(DiskUpload upload) {
        return shared.folders().folder(upload.header().identity().id());
    }

    @Override
    public void ended(DiskUpload upload) {
        space.release(upload.header().identity().id());
        uploads.remove(upload.key(), upload);
    }

    @Override
    public void remove(UploadFolder folder) {
        shared.folders().remove(folder);
    }

    @Override
    public Instant lastUsed(UploadFolder folder) throws IOException {
        return shared.files().lastUsed(folder);
    }

    @Override
    public SpaceLedger space() {
        return shared.space();
    }

    @Override
    public Instant now() {
        return shared.clock().instant();
    }

    @Override
    public Upload upload(Key key, Optional<String> id) throws IOException, RefusedException {
        Optional<DiskUpload> upload = uploads.get(key);
        if (upload.isPresent() && (id.isEmpty() || id.get().equals(upload.get().id()))) {
            return upload.get();
        }
        Optional<StoredFile> file = names.find(key);
        if (file.isPresent() && (id.isEmpty() || id.get().equals(file.get().version()))) {
            throw Refusals.complete(key);
        }
        throw id.isEmpty() ? Refusals.noUpload(key) : Refusals.superseded(key);
    }

    @Override
    public Arrivals arrivals() {
        return new DiskArrivals(names, uploads, space, shared);
    }

    @Override
    public Optional<Upload> unfinished(Key key) {
        return uploads.get(key).map(upload -> upload);
    }

    @Override
    public UploadList uploads(ListQuery query) throws IOException {
        Listing.Page<DiskUpload> page = uploads.page(query);
        List<UploadList.Unfinished> unfinished = new ArrayList<>();
        for (DiskUpload upload : page.values()) {
            try {
                unfinished.add(new UploadList.Unfinished(
                        upload.key(), upload.plan().size(), upload.receivedBytes(), upload.id()));
            } catch (RefusedException e) {
                LOG.debug("Upload {} has just ended", upload.id());
            }
        }
        return new UploadList(unfinished, page.after());
    }

    @Override
    public void discard(Key key) throws RefusedException {
        Optional<DiskUpload> upload = uploads.get(key);
        if (upload.isEmpty() || !upload.get().discard()) {
            throw Refusals.notExisting(key);
        }
    }

    @Override
    public StoredFile find(Key key) throws IOException, RefusedException {
        Optional<StoredFile> file = names.find(key);
        if (file.isPresent()) {
            return file.get();
        }
        throw notFound(key);
    }

    private RefusedException notFound(Key key) {
        return uploads.get(key).isPresent() ? Refusals.notComplete(key) : Refusals.notExisting(key);
    }

    @Override
    public OpenFile open(Key key) throws IOException, RefusedException {
        Optional<DiskOpenFile> file = names.open(key);
        if (file.isPresent()) {
            return file.get();
        }
        throw notFound(key);
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
    public FileList list(ListQuery query) throws IOException {
        Listing.Page<CatalogueEntry> page = names.page(query);
        List<StoredFile> files =
                page.values().stream().map(CatalogueEntry::file).toList();
        return new FileList(
                files.stream().map(StoredFile::key).toList(),
                query.detail()
                        ? Optional.of(files.stream().map(StoredFile::detail).toList())
                        : Optional.empty(),
                page.folders(),
                page.after());
    }

    @Override
    public Usage usage() throws IOException {
        return names.usage();
    }

    @Override
    public long pendingBytes() {
        return space.promisedBytes();
    }

    @Override
    public Quota quota() throws IOException {
        return space.quota();
    }

    /**
     * A second key counts as a second file. So does another key of a file that is being replaced: the replacement was
     * promised the room of the old content, which is to stay.
     */
    @Override
    public void move(MoveFile move) throws IOException, RefusedException {
        UploadId id = shared.folders().newId();
        boolean grows = move.copy() || uploads.get(move.key()).isPresent();
        if (grows && !move.key().equals(move.to())) {
            space.promiseCopy(id, move.to(), find(move.key()).size());
        }
        try {
            names.move(move, id.toString());
        } finally {
            space.release(id);
        }
    }

    /** The upload first: once it is gone, nothing can bring the file back. */
    @Override
    public void delete(Key key) throws IOException, RefusedException {
        Optional<DiskUpload> upload = uploads.get(key);
        boolean discarded = upload.isPresent() && upload.get().discard();
        if (discarded && names.find(key).isEmpty()) {
            throw Refusals.discarded(key);
        }
        names.delete(key);
    }

    /** Closes the files of every upload; the uploads stay. */
    void close() {
        uploads.values().forEach(upload -> upload.closeIfIdle(Instant.MAX));
    }
}
