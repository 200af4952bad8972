package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** The objects of one user's complete files. Which there are, and in which version, they alone say. */
final class FileObjects {
    private final ObjectNames names;
    private final ObjectStorage storage;
    private final Garbage garbage;
    private final KnownFiles knownFiles;

    FileObjects(ObjectNames names, SharedParts parts) {
        this.names = names;
        this.storage = parts.storage();
        this.garbage = parts.garbage();
        this.knownFiles = parts.knownFiles();
    }

    /**
     * A file's object as it was read.
     *
     * @param tag which content it had
     */
    record Found(FileObject object, String tag) {
        StoredFile file() {
            return object.file();
        }
    }

    /** What is known of a file. The object's rest is not all there. */
    Optional<Found> find(Key key) throws IOException {
        String name = names.file(key);
        return found(name, storage.get(name, 0, FileObject.MAX_LINE_BYTES));
    }

    /** All of a file's object. */
    Optional<Found> read(Key key) throws IOException {
        String name = names.file(key);
        return found(name, storage.get(name));
    }

    private static Optional<Found> found(String name, Optional<ObjectStorage.Content> content) throws IOException {
        return content.isEmpty() || Reservation.isOne(content.get().bytes())
                ? Optional.empty()
                : Optional.of(new Found(
                        FileObject.read(name, content.get().bytes()),
                        content.get().tag()));
    }

    /**
     * Publishes a file that no upload has brought; does nothing when exactly this one is published already.
     *
     * @throws RefusedException 402 when there is another of its key, and it may not be replaced
     */
    void publish(FileObject object, boolean replace) throws IOException, RefusedException {
        Key key = object.file().key();
        String name = names.file(key);
        boolean published = create(object);
        while (!published) {
            Optional<ObjectStorage.Content> there = storage.get(name, 0, FileObject.MAX_LINE_BYTES);
            if (found(name, there)
                    .filter(file -> isVersion(file, object.file().version()))
                    .isPresent()) {
                return;
            }
            published = there.isPresent() ? put(object, takeOver(key, there.get(), replace)) : create(object);
        }
    }

    private boolean create(FileObject object) throws IOException {
        return note(object, storage.create(names.file(object.file().key()), object.encode()));
    }

    /**
     * What a file of this key may take the place of: the file that has the name, or a reservation, which is made if nothing has
     * it. Afterwards {@link #put} gives the name to a file.
     *
     * @return its tag
     * @throws RefusedException 402 when there is a file, and it may not be replaced
     */
    String place(Key key, boolean replace) throws IOException, RefusedException {
        String name = names.file(key);
        Optional<String> place = storage.create(name, Reservation.create());
        while (place.isEmpty()) {
            Optional<ObjectStorage.Content> there = storage.get(name, 0, FileObject.MAX_LINE_BYTES);
            place = there.isPresent()
                    ? Optional.of(takeOver(key, there.get(), replace))
                    : storage.create(name, Reservation.create());
        }
        return place.get();
    }

    private String takeOver(Key key, ObjectStorage.Content there, boolean replace)
            throws IOException, RefusedException {
        Optional<Found> file = found(names.file(key), Optional.of(there));
        if (file.isPresent() && !replace) {
            throw Refusals.exists(key);
        }
        if (file.isPresent()) {
            if (file.get().object().segmented().isPresent()) {
                announce(file.get());
            }
            removeRecord(file.get());
        }
        return there.tag();
    }

    /** Gives a file its name in place of what has this tag; false if that has it no longer. */
    boolean put(FileObject object, String place) throws IOException {
        return note(object, storage.replace(names.file(object.file().key()), place, object.encode()));
    }

    /** Whether an object was written, which listings then need not read. */
    private boolean note(FileObject written, Optional<String> tag) {
        String name = names.file(written.file().key());
        tag.ifPresent(known -> knownFiles.put(name, KnownFiles.Tagged.of(known, written)));
        return tag.isPresent();
    }

    /** Whether a file's content is this version's. */
    static boolean isVersion(Found found, String version) {
        return found.file().version().equals(version);
    }

    /** Says more of a file, unless it has changed meanwhile. */
    void update(Found found, StoredFile better) throws IOException {
        put(found.object().with(better), found.tag());
    }

    /**
     * Removes a file, unless another has taken its place meanwhile. A reservation stays behind, which counts as nothing, until the
     * garbage is collected: to replace exactly what was found is possible everywhere, to remove exactly that is not.
     */
    void remove(Found found) throws IOException {
        announce(found);
        removeRecord(found);
        storage.replace(names.file(found.file().key()), found.tag(), Reservation.create());
    }

    /** Before a file goes, its content is announced as garbage. */
    private void announce(Found found) throws IOException {
        Optional<UploadId> content = found.object()
                .segmented()
                .map(FileObject.Segmented::id)
                .or(() -> UploadId.parse(found.file().version()));
        if (content.isPresent()) {
            garbage.announce(new Garbage.Ticket(names.user(), found.file().key(), content.get()));
        }
    }

    /**
     * Before a file goes, the record of its upload is removed: as long as that is there, the file was not published yet, or is
     * there.
     */
    private void removeRecord(Found found) throws IOException {
        Optional<String> record = found.object().record();
        if (record.isPresent()) {
            storage.delete(names.uploads(found.file().key()) + record.get());
        }
    }
}
