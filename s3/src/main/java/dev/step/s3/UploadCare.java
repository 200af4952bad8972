package dev.step.s3;

import dev.step.daemon.journal.UploadId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends uploads that nobody has continued for long, and those that a server has left between two steps of their end. */
final class UploadCare {
    private static final Logger LOG = LoggerFactory.getLogger(UploadCare.class);
    /** Ending takes moments: one that is not ended after this is nobody's. */
    private static final Duration ENDING = Duration.ofMinutes(5);

    private final SharedParts parts;
    private final Duration expiry;

    UploadCare(SharedParts parts, Duration expiry) {
        this.parts = parts;
        this.expiry = expiry;
    }

    /** Looks through the uploads of all users. */
    void run() throws IOException {
        Listings.forEach(parts.storage(), ObjectStorage.Range.of(ObjectNames.UPLOADS), this::careUnlessDamaged);
    }

    private void careUnlessDamaged(ObjectStorage.Entry entry) throws IOException {
        try {
            care(entry);
        } catch (DamagedObjectException e) {
            LOG.warn("{}, so the upload {} stays", e.getMessage(), entry.name());
        }
    }

    private void care(ObjectStorage.Entry entry) throws IOException {
        Instant now = parts.now();
        if (entry.modified().plus(ENDING).isAfter(now)) {
            return;
        }
        Optional<ObjectStorage.Content> content = parts.storage().get(entry.name());
        if (content.isEmpty()) {
            return;
        }
        UploadRecord record = UploadRecord.read(entry.name(), content.get().bytes());
        boolean goesOn = record.state() == UploadRecord.State.RECEIVING
                && lastChange(entry, record.id()).plus(expiry).isAfter(now);
        if (!goesOn) {
            UserObjects user =
                    UserObjects.of(new ObjectNames(record.header().target().user()), parts);
            boolean discarded = user.ends()
                    .discard(new UploadRecords.Found(record, content.get().tag()));
            LOG.info("Upload {} has {}", record.id(), discarded ? "expired" : "become a file");
        }
    }

    private Instant lastChange(ObjectStorage.Entry entry, UploadId id) throws IOException {
        Instant last = entry.modified();
        if (last.plus(expiry).isAfter(parts.now())) {
            return last;
        }
        for (ObjectStorage.Entry segment :
                Listings.all(parts.storage(), ObjectStorage.Range.of(ObjectNames.content(id)))) {
            last = segment.modified().isAfter(last) ? segment.modified() : last;
        }
        return last;
    }
}
