package dev.step.daemon.store;

import dev.step.protocol.FilePart;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A complete file's bytes. Any number of threads may read. */
public interface OpenFile extends Closeable {
    StoredFile file();

    /** Fills the rest of the target with the bytes from this offset on, all of which the file must have. */
    void read(long offset, ByteBuffer target) throws IOException;

    /**
     * A part of it, all of which the file must have, as the system can send it without copying it.
     *
     * @return empty if this is no file of the machine
     */
    default Optional<FilePart> part(long offset, int length) {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
