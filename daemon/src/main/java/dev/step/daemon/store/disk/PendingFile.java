package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFullException;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A content that waits to become the file of its key, and what has come of that. Used under the lock of its user. */
final class PendingFile {
    private final StoredFile file;
    private final Path data;
    private final boolean replace;
    private final @Nullable UploadFolder folder;

    private boolean settled;
    private @Nullable IOException failure;
    private @Nullable RefusedException refusal;

    private PendingFile(StoredFile file, Path data, boolean replace, @Nullable UploadFolder folder) {
        this.file = file;
        this.data = data;
        this.replace = replace;
        this.folder = folder;
    }

    /**
     * The data, which is synced, of an upload whose folder is needed no more once this is published.
     *
     * @param replace whether the file may take the place of another
     */
    static PendingFile ofUpload(StoredFile file, UploadFolder folder, boolean replace) {
        return new PendingFile(file, folder.data(), replace, folder);
    }

    /** A synced file that came whole. */
    static PendingFile whole(StoredFile file, Path data, boolean replace) {
        return new PendingFile(file, data, replace, null);
    }

    StoredFile file() {
        return file;
    }

    Key key() {
        return file.key();
    }

    Path data() {
        return data;
    }

    boolean mayReplace() {
        return replace;
    }

    @Nullable
    UploadFolder folder() {
        return folder;
    }

    void published() {
        settled = true;
    }

    void failed(IOException cause) {
        settled = true;
        failure = cause;
    }

    void refused(RefusedException reason) {
        settled = true;
        refusal = reason;
    }

    boolean isPublished() {
        return settled && failure == null && refusal == null;
    }

    boolean isSettled() {
        return settled;
    }

    /** Returns when it is published, and throws what it has failed with. */
    void check() throws IOException, RefusedException {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) { // a new one, because others may share the cause
            throw failure instanceof DiskFullException
                    ? new DiskFullException(failure)
                    : new IOException(failure.getMessage(), failure);
        }
    }
}
