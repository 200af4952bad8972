package dev.step.s3;

import dev.step.protocol.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of one user's unfinished uploads. */
final class UploadRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UploadRecords.class);

    private final ObjectNames names;
    private final ObjectStorage storage;

    UploadRecords(ObjectNames names, ObjectStorage storage) {
        this.names = names;
        this.storage = storage;
    }

    /**
     * A record as it was read or written.
     *
     * @param tag which content it had
     */
    record Found(UploadRecord record, String tag) {
        private boolean isDiscarded() {
            return record.state() == UploadRecord.State.DISCARDED;
        }
    }

    /** The objects of this key's uploads: the last one is current, the others were superseded and will soon be gone. */
    List<ObjectStorage.Entry> entries(Key key) throws IOException {
        return Listings.all(storage, ObjectStorage.Range.of(names.uploads(key)));
    }

    /** The records of this key's uploads, in the same order, with those that were discarded and are still there. */
    List<Found> withDiscarded(Key key) throws IOException {
        List<Found> found = new ArrayList<>();
        for (ObjectStorage.Entry entry : entries(key)) {
            read(entry.name()).ifPresent(found::add);
        }
        return found;
    }

    /** The same without them. */
    List<Found> of(Key key) throws IOException {
        List<Found> found = withDiscarded(key);
        found.removeIf(Found::isDiscarded);
        return found;
    }

    /**
     * Those of all keys, to list or count them: without those that were discarded, and those that are damaged. Whoever asks
     * whether there is an upload must not take a damaged one for none.
     */
    List<Found> all() throws IOException {
        List<Found> found = new ArrayList<>();
        for (ObjectStorage.Entry entry : Listings.all(storage, ObjectStorage.Range.of(names.uploads()))) {
            try {
                read(entry.name()).filter(one -> !one.isDiscarded()).ifPresent(found::add);
            } catch (DamagedObjectException e) {
                LOG.warn("{}, so the upload is neither shown nor counted", e.getMessage());
            }
        }
        return found;
    }

    /** What an object holds. */
    Optional<Found> read(String name) throws IOException {
        Optional<ObjectStorage.Content> content = storage.get(name);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(
                        UploadRecord.read(name, content.get().bytes()),
                        content.get().tag()));
    }

    /** Records an upload that begins. */
    Found create(UploadRecord record) throws IOException {
        String tag = storage.create(name(record), record.encode())
                .orElseThrow(() -> new IllegalStateException("two uploads are named " + record.name()));
        return new Found(record, tag);
    }

    /** Replaces a record; empty when somebody else has changed or removed it. */
    Optional<Found> change(Found from, UploadRecord to) throws IOException {
        return storage.replace(name(to), from.tag(), to.encode()).map(tag -> new Found(to, tag));
    }

    /** Removes the record of an upload that has ended. */
    void remove(UploadRecord record) throws IOException {
        storage.delete(name(record));
    }

    /** The name of a record's object. */
    String name(UploadRecord record) {
        return names.uploads(record.key()) + record.name();
    }
}
