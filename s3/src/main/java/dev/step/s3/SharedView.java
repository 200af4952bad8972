package dev.step.s3;

import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload as it is in the bucket: what one server knows of it, and how it changes it. For one thread at a time, but for
 * {@link #record}.
 */
final class SharedView {
    private final UserObjects user;
    /** Names what is written through this view, among all servers and times. */
    private final String writer;

    private final KnownSegments segments;
    private final ArrivalDigest arrival;
    private volatile UploadRecords.Found found;
    private long lastStamp;
    private boolean ended;
    private @Nullable StoredFile published;

    private SharedView(UserObjects user, UploadRecords.Found found, String writer) {
        this.user = user;
        this.found = found;
        this.writer = writer;
        this.segments = new KnownSegments(found.record().header().plan());
        this.arrival = new ArrivalDigest(found.record().header().check().algorithm());
    }

    /** Of an upload that this server has just begun, as this writer. */
    static SharedView begun(UserObjects user, UploadRecords.Found found, String writer) {
        return new SharedView(user, found, writer);
    }

    /** Of an upload that other servers may be at, or this one has been. */
    static SharedView found(UserObjects user, UploadRecords.Found found) throws IOException {
        SharedView view = new SharedView(user, found, newWriter(user.parts()));
        view.arrival.missed();
        for (String other : found.record().writers()) {
            view.listOf(other);
        }
        return view;
    }

    /** A name that no other writer has. */
    static String newWriter(SharedParts parts) {
        return Long.toUnsignedString(parts.newId().low(), Character.MAX_RADIX);
    }

    UploadRecord record() {
        return found.record();
    }

    Instant now() {
        return user.parts().now();
    }

    boolean hasEnded() {
        return ended;
    }

    /** The file, if that is how it has ended. */
    Optional<StoredFile> published() {
        return Optional.ofNullable(published);
    }

    boolean isComplete() {
        return segments.isComplete();
    }

    BlockRanges missing() {
        return segments.missing();
    }

    long receivedBytes() {
        return segments.receivedBytes();
    }

    /**
     * Puts a segment into the bucket, and looks what has become of the upload since.
     *
     * @throws RefusedException 408 when it was discarded, 402 when it was complete before
     */
    void write(Segment segment) throws IOException, RefusedException {
        join();
        lastStamp = Math.max(now().toEpochMilli(), lastStamp + 1);
        SegmentName name = new SegmentName(writer, lastStamp, segment.ranges());
        if (user.storage()
                .create(
                        name.in(record().id()),
                        segment.content(),
                        record().owner().note())
                .isEmpty()) {
            throw new IOException("The object " + name.in(record().id()) + " exists, and is another");
        }
        segments.add(name);
        arrival.add(segment);
        try {
            look();
        } catch (RefusedException e) {
            if (!isPublishedWith(name)) {
                throw e;
            }
        }
    }

    /** Whether another server has completed the file meanwhile, with this segment: then its blocks are not refused. */
    private boolean isPublishedWith(SegmentName segment) throws IOException {
        return published != null
                && user.files()
                        .read(record().key())
                        .filter(file ->
                                file.file().version().equals(record().id().toString()))
                        .filter(file -> file.object().segmented().isPresent()
                                && file.object().segments().contains(segment))
                        .isPresent();
    }

    /** Others must know whose segments to look for before there are any. */
    private void join() throws IOException, RefusedException {
        while (!record().writers().contains(writer)) {
            change(record().joinedBy(writer));
        }
    }

    /** Changes the record, or finds out what others have made of it: the caller tries again. */
    private boolean change(UploadRecord to) throws IOException, RefusedException {
        Optional<UploadRecords.Found> changed = user.records().change(found, to);
        if (changed.isPresent()) {
            found = changed.get();
            return true;
        }
        look();
        return false;
    }

    /** Tells all servers what the file has to come to, and looks: one that wrote the last block just before has not known. */
    void tellExpected(Digest digest) throws IOException, RefusedException {
        boolean told = false;
        while (!told && !digest.equals(record().header().check().expected())) {
            told = change(record().expecting(digest));
        }
        look();
    }

    /**
     * Looks what others have done.
     *
     * @throws RefusedException 408 when it was discarded, 402 when it is complete
     */
    void look() throws IOException, RefusedException {
        List<ObjectStorage.Entry> entries = user.records().entries(record().key());
        String name = user.records().name(record());
        int mine = entries.stream().map(ObjectStorage.Entry::name).toList().indexOf(name);
        if (mine < 0) {
            throw hasGone();
        }
        if (mine < entries.size() - 1) {
            throw end(null);
        }
        if (!entries.get(mine).tag().equals(found.tag()) || record().state() != UploadRecord.State.RECEIVING) {
            Optional<UploadRecords.Found> now = user.records().read(name);
            if (now.isEmpty()) {
                throw hasGone();
            }
            accept(now.get());
        }
        for (String other : record().writers()) {
            if (!other.equals(writer)) {
                listOf(other);
            }
        }
    }

    private void accept(UploadRecords.Found now) throws IOException, RefusedException {
        found = now;
        switch (now.record().state()) {
            case RECEIVING -> {}
            case DISCARDED -> throw end(null);
            case SEALED -> throw end(finish(now));
        }
    }

    private StoredFile finish(UploadRecords.Found sealed) throws IOException, RefusedException {
        try {
            return user.ends().publish(sealed);
        } catch (RefusedException e) {
            end(null);
            throw e;
        }
    }

    private RefusedException hasGone() throws IOException {
        return end(user.files()
                .find(record().key())
                .map(FileObjects.Found::file)
                .filter(file -> file.version().equals(record().id().toString()))
                .orElse(null));
    }

    private RefusedException end(@Nullable StoredFile file) {
        ended = true;
        published = file;
        return file == null ? Refusals.superseded(record().key()) : Refusals.complete(record().key());
    }

    private void listOf(String other) throws IOException {
        String all = ObjectNames.content(record().id());
        String prefix = all + other + "/";
        String last = segments.lastOf(other);
        ObjectStorage.Range range = ObjectStorage.Range.of(prefix).startingAfter(last.isEmpty() ? "" : all + last);
        Listings.forEach(user.storage(), range, entry -> {
            segments.add(SegmentName.parse(entry.name().substring(all.length())));
            arrival.missed();
        });
    }

    /**
     * Makes the upload, of which nothing is missing, a file.
     *
     * @param expected what it has to come to, if the client has said so
     * @throws RefusedException 412 when it is something else, 402 when there is a file already
     */
    StoredFile publish(Optional<Digest> expected) throws IOException, RefusedException {
        DigestAlgorithm algorithm = record().header().check().algorithm();
        FileObject.Segmented where =
                new FileObject.Segmented(record().id(), record().header().plan().blockSize());
        FileObject unnamed = FileObject.of(file(List.of()), where, segments.inOrder());
        ContentReader content = new ContentReader(user.storage(), unnamed);
        Optional<Digest> known = arrival.finish(record().header().plan().totalBlocks());
        Digest digest = known.isPresent() ? known.get() : content.digest(algorithm);
        Optional<Digest> wanted =
                expected.or(() -> Optional.ofNullable(record().header().check().expected()));
        if (wanted.isPresent()) {
            DigestAlgorithm other = wanted.get().algorithm();
            check(other == algorithm ? digest : content.digest(other), wanted.get());
        }
        return seal(unnamed.with(file(List.of(digest))));
    }

    /** The same for content that came in one piece, and lies nowhere yet. */
    StoredFile publishWhole(byte[] content, Optional<Digest> expected) throws IOException, RefusedException {
        if (expected.isPresent()) {
            check(digest(content, expected.get().algorithm()), expected.get());
        }
        Digest digest = digest(content, record().header().check().algorithm());
        return seal(FileObject.inline(file(List.of(digest)), content));
    }

    static Digest digest(byte[] content, DigestAlgorithm algorithm) {
        ContentDigest digest = new ContentDigest(algorithm);
        digest.update(ByteBuffer.wrap(content));
        return digest.finish();
    }

    private void check(Digest digest, Digest expected) throws IOException, RefusedException {
        if (!digest.equals(expected)) {
            user.ends().discard(found);
            end(null);
            throw Refusals.otherContent(record().key(), digest, expected);
        }
    }

    private StoredFile file(List<Digest> digests) {
        Instant modified = record().header().clientFile().modified();
        return new StoredFile(
                record().key(),
                record().header().plan().size(),
                modified == null ? now() : modified,
                digests,
                record().id().toString());
    }

    private StoredFile seal(FileObject file) throws IOException, RefusedException {
        String place = place();
        boolean sealed = false;
        while (!sealed) {
            sealed = change(record().sealed(file, place));
        }
        StoredFile complete = finish(found);
        end(complete);
        return complete;
    }

    private String place() throws IOException, RefusedException {
        try {
            return user.files().place(record().key(), record().header().target().replace());
        } catch (RefusedException e) {
            if (!user.ends().discard(found)) {
                throw hasGone();
            }
            end(null);
            throw e;
        }
    }
}
