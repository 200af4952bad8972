package dev.step.s3;

import dev.step.daemon.store.StoredFile;
import dev.step.daemon.store.Usage;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One user's files in listings. What is known of a file is read from its object, many at a time, and once for each tag. */
final class FileListing {
    private final ObjectNames names;
    private final SharedParts parts;
    private final KnownFiles known;

    FileListing(ObjectNames names, SharedParts parts, KnownFiles known) {
        this.names = names;
        this.parts = parts;
        this.known = known;
    }

    FileList page(ListQuery query) throws IOException {
        KeyListing.Page page = KeyListing.page(
                parts.storage(), names.files(), query, entry -> read(entry).map(StoredFile::key));
        return new FileList(
                page.found().stream().map(KeyListing.Named::key).toList(),
                query.detail() ? Optional.of(details(page)) : Optional.empty(),
                page.folders(),
                page.after());
    }

    private List<FileDetail> details(KeyListing.Page page) throws IOException {
        List<ObjectStorage.Entry> entries =
                page.found().stream().map(KeyListing.Named::entry).toList();
        return readAll(entries).stream()
                .map(file -> new FileDetail(file.key(), file.size(), file.modified(), file.digests()))
                .toList();
    }

    /** What is known of these files, without those that were deleted meanwhile. */
    private List<StoredFile> readAll(List<ObjectStorage.Entry> entries) throws IOException {
        List<Callable<Optional<StoredFile>>> readings = new ArrayList<>();
        for (ObjectStorage.Entry entry : entries) {
            readings.add(() -> read(entry));
        }
        return parts.together().all(readings).stream().flatMap(Optional::stream).toList();
    }

    private Optional<StoredFile> read(ObjectStorage.Entry entry) throws IOException {
        Optional<StoredFile> before = known.get(entry);
        if (before.isPresent()) {
            return before;
        }
        Optional<ObjectStorage.Content> content = parts.storage().get(entry.name(), 0, FileObject.MAX_LINE_BYTES);
        if (content.isEmpty() || Reservation.isOne(content.get().bytes())) {
            return Optional.empty();
        }
        StoredFile file = FileObject.read(entry.name(), content.get().bytes()).file();
        known.put(entry.name(), content.get().tag(), file);
        return Optional.of(file);
    }

    /** What all files take: reads what is not known yet of every one. */
    Usage usage() throws IOException {
        Usage usage = Usage.NOTHING;
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectStorage.Page page =
                    parts.storage().list(ObjectStorage.Range.of(names.files()).startingAfter(next.get()));
            List<ObjectStorage.Entry> files = page.entries().stream()
                    .filter(entry -> !Reservation.isOne(entry))
                    .toList();
            for (StoredFile file : readAll(files)) {
                usage = usage.with(file.size());
            }
            next = page.last();
        }
        return usage;
    }
}
