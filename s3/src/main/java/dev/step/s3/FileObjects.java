package dev.step.s3;

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

    FileObjects(ObjectNames names, SharedParts parts) {
        this.names = names;
        this.storage = parts.storage();
        this.garbage = parts.garbage();
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
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(
                        FileObject.read(name, content.get().bytes()),
                        content.get().tag()));
    }

    /**
     * Publishes a file, which does nothing when exactly this one is published already.
     *
     * @throws RefusedException 402 when there is another of its key, and it may not be replaced
     */
    void publish(FileObject object, boolean replace) throws IOException, RefusedException {
        String name = names.file(object.file().key());
        byte[] content = object.encode();
        if (!replace && storage.create(name, content).isPresent()) {
            return;
        }
        Optional<Found> old = find(object.file().key());
        while (old.isEmpty() || !isSame(old.get(), object)) {
            if (old.isPresent() && !replace) {
                throw Refusals.exists(object.file().key());
            }
            Optional<String> published =
                    old.isPresent() ? replace(old.get(), name, content) : storage.create(name, content);
            if (published.isPresent()) {
                return;
            }
            old = find(object.file().key());
        }
    }

    private static boolean isSame(Found found, FileObject object) {
        return found.file().version().equals(object.file().version());
    }

    private Optional<String> replace(Found old, String name, byte[] content) throws IOException {
        announceGarbage(old);
        return storage.replace(name, old.tag(), content);
    }

    /** Says more of a file, unless it has changed meanwhile. */
    void update(Found found, StoredFile better) throws IOException {
        storage.replace(
                names.file(better.key()),
                found.tag(),
                found.object().with(better).encode());
    }

    /** Removes a file, and whatever has taken its place a moment ago. */
    void remove(Found found) throws IOException {
        announceGarbage(found);
        storage.delete(names.file(found.file().key()));
    }

    private void announceGarbage(Found found) throws IOException {
        if (found.object().segmented().isPresent()) {
            garbage.announce(new Garbage.Ticket(
                    names.user(),
                    found.file().key(),
                    found.object().segmented().get().id()));
        }
    }
}
