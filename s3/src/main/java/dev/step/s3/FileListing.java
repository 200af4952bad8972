package dev.step.s3;

import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import dev.step.protocol.message.FileDetail;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import dev.step.s3.KnownFiles.Tagged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's files in listings. What a listing does not say of a file is known here for its tag, or to the user's
 * {@link DetailIndex}, or read from its object.
 */
final class FileListing {
    private static final Logger LOG = LoggerFactory.getLogger(FileListing.class);
    /** So many files are read at once rather than looked up. */
    static final int FEW = 16;

    private final ObjectNames names;
    private final SharedParts parts;
    private final boolean remembers;

    private FileListing(UserObjects user, boolean remembers) {
        this.names = user.names();
        this.parts = user.parts();
        this.remembers = remembers;
    }

    /** Adds to the index what had to be read. */
    static FileListing of(UserObjects user) {
        return new FileListing(user, true);
    }

    /** Writes nothing. */
    static FileListing readOnly(UserObjects user) {
        return new FileListing(user, false);
    }

    FileList page(ListQuery query) throws IOException {
        KeyListing.Page page = KeyListing.page(parts.storage(), names.files(), query, this::key);
        return new FileList(
                page.found().stream().map(KeyListing.Named::key).toList(),
                query.detail() ? Optional.of(details(page)) : Optional.empty(),
                page.folders(),
                page.after());
    }

    private Optional<Key> key(ObjectStorage.Entry entry) throws IOException {
        Optional<FileDetail> known = parts.knownFiles().get(entry);
        if (known.isPresent()) {
            return known.map(FileDetail::key);
        }
        Optional<Tagged> read = readUnlessDamaged(entry);
        read.ifPresent(file -> parts.knownFiles().put(entry.name(), file));
        return read.map(file -> file.file().key());
    }

    private List<FileDetail> details(KeyListing.Page page) throws IOException {
        return details(page.found().stream().map(KeyListing.Named::entry).toList(), index());
    }

    private DetailIndex index() {
        return new DetailIndex(names, parts.storage());
    }

    /** What is to be said of these files, without those that were deleted meanwhile. */
    private List<FileDetail> details(List<ObjectStorage.Entry> entries, DetailIndex index) throws IOException {
        Map<String, FileDetail> details = new HashMap<>();
        for (ObjectStorage.Entry entry : entries) {
            parts.knownFiles().get(entry).ifPresent(file -> details.put(entry.name(), file));
        }
        if (missing(entries, details).size() > FEW) {
            add(index.recall(missing(entries, details)), details);
        }
        Map<String, Tagged> read = readAll(missing(entries, details));
        add(read, details);
        if (remembers && read.size() > FEW) {
            index.remember(read);
        }
        return entries.stream()
                .flatMap(entry -> Optional.ofNullable(details.get(entry.name())).stream())
                .toList();
    }

    private static List<ObjectStorage.Entry> missing(
            List<ObjectStorage.Entry> entries, Map<String, FileDetail> details) {
        return entries.stream()
                .filter(entry -> !details.containsKey(entry.name()))
                .toList();
    }

    private void add(Map<String, Tagged> found, Map<String, FileDetail> details) {
        found.forEach((name, file) -> {
            parts.knownFiles().put(name, file);
            details.put(name, file.file());
        });
    }

    private Map<String, Tagged> readAll(List<ObjectStorage.Entry> entries) throws IOException {
        List<Callable<Optional<Tagged>>> readings = new ArrayList<>();
        for (ObjectStorage.Entry entry : entries) {
            readings.add(() -> readUnlessDamaged(entry));
        }
        List<Optional<Tagged>> found = parts.together().all(readings);
        Map<String, Tagged> read = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            String name = entries.get(i).name();
            found.get(i).ifPresent(file -> read.put(name, file));
        }
        return read;
    }

    /** One file that cannot be read does not hide the others from their user; who copies all of them has to know. */
    private Optional<Tagged> readUnlessDamaged(ObjectStorage.Entry entry) throws IOException {
        try {
            return read(entry);
        } catch (DamagedObjectException e) {
            if (!remembers) {
                throw e;
            }
            LOG.warn("{}, so the file is not in the listing", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Tagged> read(ObjectStorage.Entry entry) throws IOException {
        Optional<ObjectStorage.Content> content = parts.storage().get(entry.name(), 0, FileObject.MAX_LINE_BYTES);
        return content.isEmpty() || Reservation.isOne(content.get().bytes())
                ? Optional.empty()
                : Optional.of(Tagged.of(
                        content.get().tag(),
                        FileObject.read(entry.name(), content.get().bytes())));
    }

    /** What all files take. */
    Usage usage() throws IOException {
        Usage usage = Usage.NOTHING;
        DetailIndex index = index();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectStorage.Page page =
                    parts.storage().list(ObjectStorage.Range.of(names.files()).startingAfter(next.get()));
            List<ObjectStorage.Entry> files = page.entries().stream()
                    .filter(entry -> !Reservation.isOne(entry))
                    .toList();
            for (FileDetail file : details(files, index)) {
                usage = usage.with(file.size());
            }
            next = page.last();
        }
        return usage;
    }
}
