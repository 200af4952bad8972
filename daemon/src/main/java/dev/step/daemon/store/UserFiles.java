package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;

/** One user's files: those that are complete, and the uploads that are not. */
public interface UserFiles {
    /**
     * Begins an upload, which takes the place of an unfinished one of the same key. An empty file is complete at once:
     * see {@link Upload#published}.
     *
     * @throws RefusedException 402 when a file of this key is complete, 413 when there is no room
     */
    Upload begin(UploadSpec spec) throws IOException, RefusedException;

    /**
     * The upload that blocks of this key belong to now.
     *
     * @throws RefusedException 402 when the file is complete, 408 when no upload was begun
     */
    Upload upload(Key key) throws IOException, RefusedException;

    /**
     * What is known of a complete file.
     *
     * @throws RefusedException 404 when there is none, or its upload is not complete
     */
    StoredFile find(Key key) throws IOException, RefusedException;

    /** The digest of a complete file; reads the content when this one was never computed, and remembers it. */
    Digest digest(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException;

    /**
     * Opens a complete file for reading. It stays readable, unchanged, when the key is deleted or replaced meanwhile.
     *
     * @throws RefusedException 404
     */
    OpenFile open(Key key) throws IOException, RefusedException;

    /** A page of the complete files. */
    FileList list(ListQuery query) throws IOException;

    /**
     * Removes a complete file, or discards an unfinished upload.
     *
     * @throws RefusedException 404 when there is neither, and also when an unfinished upload was discarded
     */
    void delete(Key key) throws IOException, RefusedException;
}
