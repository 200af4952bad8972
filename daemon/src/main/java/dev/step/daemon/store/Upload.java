package dev.step.daemon.store;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A file on its way in. Any number of threads may write its blocks, in any order, repeated. */
public interface Upload {
    BlockPlan plan();

    /**
     * Writes a block. Of all the threads that write the missing blocks, exactly one completes the file.
     *
     * @param index within the plan
     * @param block exactly the block's bytes, from its position to its limit
     * @return the file, if this block completed it
     * @throws RefusedException 408 when the upload was discarded, 402 when it is complete already
     */
    Optional<StoredFile> write(int index, ByteBuffer block) throws IOException, RefusedException;

    /** The file, once it is complete. */
    Optional<StoredFile> published();
}
