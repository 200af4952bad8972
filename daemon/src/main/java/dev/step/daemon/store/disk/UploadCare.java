package dev.step.daemon.store.disk;

import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the unfinished uploads that nobody uses at the moment. */
final class UploadCare {
    private static final Logger LOG = LoggerFactory.getLogger(UploadCare.class);

    private final Supplier<List<DiskUpload>> uploads;
    private final Duration expiry;
    private final InstantSource clock;
    private volatile boolean ended;

    UploadCare(Supplier<List<DiskUpload>> uploads, Duration expiry, InstantSource clock) {
        this.uploads = uploads;
        this.expiry = expiry;
        this.clock = clock;
    }

    /** Lets {@link #verifyAll} end soon. */
    void end() {
        ended = true;
    }

    /** Finds out what a stop has left of each upload. */
    void verifyAll() {
        for (DiskUpload upload : uploads.get()) {
            if (ended) {
                return;
            }
            try {
                upload.verify();
            } catch (RefusedException e) {
                LOG.info("Upload {} of \"{}\" had ended", upload.id(), upload.key());
            } catch (InterruptedIOException e) {
                return; // the store is being closed
            } catch (IOException e) {
                LOG.error("Upload {} of \"{}\" could not be read; trying again later", upload.id(), upload.key(), e);
            }
        }
    }

    /** Discards the uploads that nobody has continued for too long, and closes the files of those that rest. */
    void tidy() {
        Instant now = clock.instant();
        for (DiskUpload upload : uploads.get()) {
            try {
                tidy(upload, now);
            } catch (IOException e) {
                LOG.warn("Upload {} of \"{}\" could not be looked at: {}", upload.id(), upload.key(), e.toString());
            }
        }
    }

    private void tidy(DiskUpload upload, Instant now) throws IOException {
        Instant lastUsed = upload.lastUsed();
        if (lastUsed.plus(expiry).isBefore(now) && upload.discard()) {
            LOG.info(
                    "Upload {} of \"{}\" has expired: nobody has continued it since {}",
                    upload.id(),
                    upload.key(),
                    lastUsed);
        } else {
            upload.closeIfIdle(now);
        }
    }
}
