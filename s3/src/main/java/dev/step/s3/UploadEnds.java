package dev.step.s3;

import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** How uploads end: as a file or as nothing. Every step can be done again by any server, where the one before has stopped. */
final class UploadEnds {
    private final ObjectNames names;
    private final UploadRecords records;
    private final FileObjects files;
    private final Garbage garbage;

    UploadEnds(ObjectNames names, UploadRecords records, FileObjects files, Garbage garbage) {
        this.names = names;
        this.records = records;
        this.files = files;
        this.garbage = garbage;
    }

    /**
     * Makes a sealed upload the file that it has become. A server that comes late to this, because it was stopped after
     * sealing, changes nothing: what its file was to take the place of is gone, and so is the record.
     *
     * @throws RefusedException 402 when somebody else's content of that key was published before, which may not be replaced;
     *     408 when another server has ended the upload, and its file has changed since, or was never one
     */
    StoredFile publish(UploadRecords.Found sealed) throws IOException, RefusedException {
        UploadRecords.Found now = sealed;
        FileObject object =
                FileObject.read(records.name(now.record()), now.record().file());
        while (!files.put(object, now.record().base()) && !isPublished(object)) {
            now = overWhatIsThere(now);
        }
        records.remove(now.record());
        return object.file();
    }

    private boolean isPublished(FileObject object) throws IOException {
        return files.find(object.file().key())
                .filter(found -> FileObjects.isVersion(found, object.file().version()))
                .isPresent();
    }

    /** The record as it is by now, and for the file to take the place of what has its name by now. */
    private UploadRecords.Found overWhatIsThere(UploadRecords.Found sealed) throws IOException, RefusedException {
        UploadRecords.Found now = records.read(records.name(sealed.record()))
                .orElseThrow(() -> Refusals.superseded(sealed.record().key()));
        if (!now.tag().equals(sealed.tag())) {
            return now;
        }
        try {
            String place = files.place(
                    now.record().key(), now.record().header().target().replace());
            return records.change(now, now.record().over(place)).orElse(now);
        } catch (RefusedException e) {
            garbage.announce(ticket(now.record()));
            records.remove(now.record());
            throw e;
        }
    }

    /** Ends an upload as nothing; false if it was sealed, and is a file by now. */
    boolean discard(UploadRecords.Found upload) throws IOException {
        garbage.announce(ticket(upload.record()));
        Optional<UploadRecords.Found> found = Optional.of(upload);
        while (found.isPresent()) {
            UploadRecords.Found now = found.get();
            switch (now.record().state()) {
                case SEALED -> {
                    return !becomesAFile(now);
                }
                case DISCARDED -> {
                    records.remove(now.record());
                    return true;
                }
                case RECEIVING -> {
                    Optional<UploadRecords.Found> discarded =
                            records.change(now, now.record().discarded());
                    found = discarded.isPresent() ? discarded : records.read(records.name(now.record()));
                }
            }
        }
        return files.find(upload.record().key())
                .filter(file ->
                        file.file().version().equals(upload.record().id().toString()))
                .isEmpty();
    }

    private boolean becomesAFile(UploadRecords.Found sealed) throws IOException {
        try {
            publish(sealed);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private Garbage.Ticket ticket(UploadRecord record) {
        return new Garbage.Ticket(names.user(), record.key(), record.id());
    }
}
