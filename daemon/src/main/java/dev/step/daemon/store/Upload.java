package dev.step.daemon.store;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** A file on its way in. Any number of threads may write its blocks, in any order, repeated. */
public interface Upload {
    /** Names it among all uploads there ever were; the version of the file that it becomes. */
    String id();

    BlockPlan plan();

    /**
     * Takes a block, whose bytes its owner may overwrite afterwards. Of all the threads that bring the missing blocks, exactly
     * one completes the file.
     *
     * @param block one of the plan, of exactly the length that it has there
     * @param expected what the whole file has to come to, if the client says so with this block
     * @throws RefusedException 408 when the upload was discarded, 402 when it is complete already, 412 when it is
     *     complete but not what was expected, 413 when the disk is full
     */
    Receipt take(DataBlock block, Optional<Digest> expected) throws IOException, RefusedException;

    /**
     * Takes a block, and waits until it is stored.
     *
     * @return the file, if this block completed it
     * @throws RefusedException as {@link #take}
     */
    default Optional<StoredFile> write(DataBlock block, Optional<Digest> expected)
            throws IOException, RefusedException {
        return take(block, expected).get();
    }

    /**
     * The blocks that have not arrived, as many ranges as one answer holds.
     *
     * @throws RefusedException 408 when the upload was discarded, 402 when it is complete already
     */
    BlockRanges missing() throws IOException, RefusedException;

    /** The file, once it is complete. */
    Optional<StoredFile> published();
}
