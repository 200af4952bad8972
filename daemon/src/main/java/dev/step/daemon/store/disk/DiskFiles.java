package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.store.OpenFile;
import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One user's files: the complete ones are {@link FileNames}', the uploads are here. */
final class DiskFiles implements UserFiles, DiskUpload.Publisher {
    private final Disk disk;
    private final FileNames names;
    private final UploadFolders uploadFolders;
    private final LateDigests lateDigests;
    /** The unfinished uploads, one of a key at most. */
    private final Map<Key, DiskUpload> uploads = new ConcurrentHashMap<>();

    DiskFiles(Disk disk, FileNames names, UploadFolders uploadFolders) {
        this.disk = disk;
        this.names = names;
        this.uploadFolders = uploadFolders;
        this.lateDigests = new LateDigests(names);
    }

    /**
     * Looks for a complete file twice: the upload whose place this one takes may just have been completed. Two that
     * begin at the same time: the later one takes the place of the earlier.
     */
    @Override
    public Upload begin(UploadSpec spec) throws IOException, RefusedException {
        refuseIfComplete(spec.key());
        DiskUpload upload = create(spec);
        DiskUpload previous = uploads.put(spec.key(), upload);
        if (previous != null) {
            previous.discard();
        }
        if (names.find(spec.key()).isPresent()) {
            upload.discard();
            throw Refusals.exists(spec.key());
        }
        if (spec.plan().totalBlocks() == 0) {
            upload.completeEmpty();
        }
        return upload;
    }

    private void refuseIfComplete(Key key) throws IOException, RefusedException {
        if (names.find(key).isPresent()) {
            throw Refusals.exists(key);
        }
    }

    private DiskUpload create(UploadSpec spec) throws IOException {
        UploadFolder folder = uploadFolders.create();
        DiskFile data = null;
        try {
            data = disk.create(folder.data());
            return new DiskUpload(spec, folder, data, this);
        } finally {
            if (data == null) {
                uploadFolders.remove(folder);
            }
        }
    }

    @Override
    public StoredFile publish(DiskUpload upload, Digest md5) throws IOException, RefusedException {
        StoredFile file = new StoredFile(
                upload.key(),
                upload.plan().size(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                List.of(md5),
                upload.folder().id());
        names.publish(upload.folder().data(), file);
        return file;
    }

    @Override
    public void ended(DiskUpload upload) {
        uploads.remove(upload.key(), upload);
        uploadFolders.remove(upload.folder());
    }

    @Override
    public Upload upload(Key key) throws IOException, RefusedException {
        DiskUpload upload = uploads.get(key);
        if (upload != null) {
            return upload;
        }
        throw names.find(key).isPresent() ? Refusals.complete(key) : Refusals.noUpload(key);
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
        return uploads.containsKey(key) ? Refusals.notComplete(key) : Refusals.notExisting(key);
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
    public FileList list(ListQuery query) throws IOException {
        Listing.Page<StoredFile> page = names.page(query);
        return new FileList(
                page.values().stream().map(StoredFile::key).toList(),
                query.detail() ? Optional.of(details(page.values())) : Optional.empty(),
                page.folders(),
                page.after());
    }

    private static List<FileDetail> details(List<StoredFile> files) {
        return files.stream()
                .map(file -> new FileDetail(file.key(), file.size(), file.modified(), file.digests()))
                .toList();
    }

    @Override
    public void delete(Key key) throws IOException, RefusedException {
        DiskUpload upload = uploads.get(key);
        if (upload != null && upload.discard()) {
            throw Refusals.discarded(key);
        }
        names.delete(key);
    }

    /** Ends every upload. */
    void close() {
        uploads.values().forEach(DiskUpload::discard);
    }
}
