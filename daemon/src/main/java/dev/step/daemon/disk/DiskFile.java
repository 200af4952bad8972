package dev.step.daemon.disk;

import dev.step.protocol.FilePart;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An open file. Positions and sizes are bytes. Any number of threads may read and write at the same time. */
public interface DiskFile extends Closeable {
    /**
     * Fills the rest of the target from this position on, as far as the file goes.
     *
     * @return the number of bytes read; less than the target had room for only at the end of the file
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * A part of it, as the system can send it without copying it.
     *
     * @return empty if this is no file of the machine
     */
    default Optional<FilePart> part(long position, int length) {
        return Optional.empty();
    }

    /** Writes the rest of the source to this position on. What lies between the old end and the position is zeros. */
    void write(long position, ByteBuffer source) throws IOException;

    /**
     * Makes the bytes and the size durable. When this fails, nobody knows which bytes are on the disk, and a second
     * try that succeeds says nothing about them: they have to be written again, elsewhere.
     */
    void sync() throws IOException;

    long size() throws IOException;

    /** Cuts the file to this size. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
