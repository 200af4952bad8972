package dev.step.daemon.store.disk;

import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an upload needs of the user whose it is. */
interface UserUploads {
    /** Makes the files of an upload that has none. */
    OpenUpload create(DiskUpload upload) throws IOException;

    /**
     * Opens an upload's files again, as far as there is anything to open.
     *
     * @param verify whether the blocks' bytes are to be compared with their checksums
     */
    Reopened reopen(DiskUpload upload, boolean verify) throws IOException;

    /**
     * Makes the upload's data, which is synced, the file of its key.
     *
     * @param digest what it comes to
     * @throws RefusedException 402 when there is such a file already
     */
    StoredFile publish(DiskUpload upload, Digest digest) throws IOException, RefusedException;

    /**
     * Makes a content that came whole the file of its key.
     *
     * @param expected what it has to come to, if the client has said so
     * @throws RefusedException 412 when it is not what was expected, 402 when there is a file of its key already
     */
    StoredFile publishWhole(DiskUpload upload, ByteBuffer content, Optional<Digest> expected)
            throws IOException, RefusedException;

    /** The upload has ended. */
    void ended(DiskUpload upload);

    /** Removes what is left of an upload that nobody uses any more. */
    void remove(UploadFolder folder);

    /** When a block was last received, as far as the disk knows. */
    Instant lastUsed(UploadFolder folder) throws IOException;

    SpaceLedger space();

    Instant now();

    /**
     * What became of an upload.
     *
     * @param files null when it has ended
     * @param published the file, if that is how it ended
     */
    record Reopened(@Nullable OpenUpload files, @Nullable StoredFile published) {}
}
