package dev.step.daemon.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A complete file's bytes. Any number of threads may read. */
public interface OpenFile extends Closeable {
    StoredFile file();

    /** Fills the rest of the target with the bytes from this offset on, all of which the file must have. */
    void read(long offset, ByteBuffer target) throws IOException;

    @Override
    void close() throws IOException;
}
