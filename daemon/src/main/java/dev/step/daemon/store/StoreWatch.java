package dev.step.daemon.store;

import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a store is doing, for those who watch the server. Safe for any number of threads. */
public interface StoreWatch {
    /** The uploads of all users that are not complete. */
    List<UnfinishedUpload> unfinishedUploads();

    /** How much room there is; empty when nobody can tell. */
    Optional<Space> space() throws IOException;

    /**
     * What the complete files of all users take. Reads the catalogue of everybody who has not been here since the start: not
     * for every moment. Empty when to find out would take too long.
     */
    Optional<Usage> usage() throws IOException;

    /** What reading all files again has come to. */
    ScrubStatus scrubStatus();

    /** Writes a little and makes it durable, as a block would be, and removes it again. */
    void tryWriting() throws IOException;

    /**
     * An upload that is not complete.
     *
     * @param size of the whole file, in bytes
     * @param missing how much of it has still to come, in bytes; after a start, before that is known, all of it
     * @param since when it was announced
     */
    record UnfinishedUpload(UserName user, Key key, long size, long missing, Instant since) {}

    /**
     * The room on the disk, in bytes.
     *
     * @param free what can be written until it is full
     * @param floor what is to stay free: nothing is promised to uploads that goes below
     */
    record Space(long free, long floor) {
        /** Whether nothing can be promised any more. */
        public boolean isUsedUp() {
            return free < floor;
        }
    }
}
