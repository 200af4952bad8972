package dev.step.daemon.store;

import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.FileList;
import dev.step.protocol.message.ListQuery;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.Quota;
import dev.step.protocol.message.UploadList;
import java.io.IOException;
import java.util.Optional;

/** One user's files: those that are complete, and the uploads that are not. */
public interface UserFiles {
    /**
     * Begins an upload, which takes the place of an unfinished one of the same key; or continues that one, if asked to
     * and if it is of the same content. An empty file is complete at once: see {@link Upload#published}.
     *
     * @throws RefusedException 402 when a file of this key is complete and not to be replaced, 413 when there is no room
     */
    Upload begin(UploadSpec spec) throws IOException, RefusedException;

    /**
     * The upload that a block of this key belongs to.
     *
     * @param id the upload that it is meant for; empty: the one that is current
     * @throws RefusedException 402 when the file is complete, 408 when no upload was begun, or another is current
     */
    Upload upload(Key key, Optional<String> id) throws IOException, RefusedException;

    /** Files that come whole, none so far. */
    Arrivals arrivals();

    /** The unfinished upload of a key, if there is one. */
    Optional<Upload> unfinished(Key key) throws IOException;

    /** A page of the unfinished uploads. */
    UploadList uploads(ListQuery query) throws IOException;

    /**
     * Discards the unfinished upload of a key.
     *
     * @throws RefusedException 404 when there is none
     */
    void discard(Key key) throws IOException, RefusedException;

    /**
     * What is known of a complete file.
     *
     * @throws RefusedException 404 when there is none, or its upload is not complete
     */
    StoredFile find(Key key) throws IOException, RefusedException;

    /** The digest of a complete file; reads the content when this one was never computed, and remembers it. */
    Digest digest(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException;

    /**
     * The digest of what a complete file's bytes are now, all of which are read for it.
     *
     * @throws RefusedException 404 when the file was deleted, 412 when it has another content by now
     */
    Digest reread(StoredFile file, DigestAlgorithm algorithm) throws IOException, RefusedException;

    /**
     * Opens a complete file for reading. It stays readable, unchanged, when the key is deleted or replaced meanwhile.
     *
     * @throws RefusedException 404
     */
    OpenFile open(Key key) throws IOException, RefusedException;

    /** A page of the complete files. */
    FileList list(ListQuery query) throws IOException;

    /**
     * Gives a complete file another key, or a second one, in one step.
     *
     * @throws RefusedException 404 when there is none, 402 when there is a file of the other key that may not be replaced,
     *     413 when the quota does not allow a second one
     */
    void move(MoveFile move) throws IOException, RefusedException;

    /** What the complete files take. */
    Usage usage() throws IOException;

    /** What unfinished uploads will take, in bytes. */
    long pendingBytes() throws IOException;

    /** What all of that may come to. */
    Quota quota() throws IOException;

    /**
     * Removes a complete file and discards an unfinished upload, whichever there are.
     *
     * @throws RefusedException 404 when there is neither, and also when only an unfinished upload was discarded
     */
    void delete(Key key) throws IOException, RefusedException;
}
