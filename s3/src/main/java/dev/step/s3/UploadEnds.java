package dev.step.s3;

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
     * Makes a sealed upload the file that it has become.
     *
     * @throws RefusedException 402 when somebody else's content of that key was published before, which may not be replaced
     */
    StoredFile publish(UploadRecords.Found sealed) throws IOException, RefusedException {
        UploadRecord record = sealed.record();
        FileObject object = FileObject.read(records.name(record), record.file());
        try {
            files.publish(object, record.header().target().replace());
        } catch (RefusedException e) {
            garbage.announce(ticket(record));
            records.remove(record);
            throw e;
        }
        records.remove(record);
        return object.file();
    }

    /** Ends an upload as nothing; false if it was sealed, and is a file by now. */
    boolean discard(UploadRecords.Found upload) throws IOException {
        garbage.announce(ticket(upload.record()));
        Optional<UploadRecords.Found> found = Optional.of(upload);
        while (found.isPresent()) {
            UploadRecords.Found now = found.get();
            switch (now.record().state()) {
                case SEALED -> {
                    return !isPublished(now);
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

    private boolean isPublished(UploadRecords.Found sealed) throws IOException {
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
