package dev.step.daemon.store.disk;

import dev.step.daemon.store.Refusals;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.io.IOException;

/** Makes an upload, of which nothing is missing, a file. */
record Publication(DiskUpload upload, UserUploads owner) {
    /**
     * Publishes. What fails leaves the upload broken, to be found out about and tried again; but a sync that fails, or
     * a content that is not what was expected, ends it.
     */
    StoredFile publish(OpenUpload files) throws IOException, RefusedException {
        boolean decided = false;
        try {
            Digest digest = files.digest();
            refuseOtherContent(files, digest);
            sync(files);
            StoredFile file = owner.publish(upload, digest);
            files.progress().published();
            upload.end(file);
            decided = true;
            return file;
        } catch (RefusedException e) {
            files.progress().givenUp();
            upload.end(null);
            decided = true;
            throw e;
        } finally {
            if (!decided) {
                files.progress().broken();
            }
        }
    }

    private void refuseOtherContent(OpenUpload files, Digest digest) throws IOException, RefusedException {
        Digest expected = files.progress().expected();
        if (expected == null) {
            return;
        }
        Digest found = expected.algorithm() == digest.algorithm() ? digest : files.digest(expected.algorithm());
        if (!found.equals(expected)) {
            throw Refusals.otherContent(upload.key(), found, expected);
        }
    }

    /** After a sync that failed nobody knows which blocks are on the disk, and reading them would not tell. */
    private void sync(OpenUpload files) throws IOException {
        boolean synced = false;
        try {
            files.sync();
            synced = true;
        } finally {
            if (!synced) {
                files.progress().givenUp();
                upload.end(null);
            }
        }
    }
}
