package dev.step.shell.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/**
 * A part of an open file that is being sent.
 *
 * @param offset where it begins, in bytes
 * @param length in bytes
 */
record FilePart(FileChannel file, long offset, int length) {
    /**
     * Reads it into a buffer that has room for exactly that much.
     *
     * @throws IOException when the file cannot be read, or is no longer that long
     */
    void readInto(ByteBuffer target) throws IOException {
        int start = target.position();
        while (target.hasRemaining()) {
            if (file.read(target, offset + target.position() - start) < 0) {
                throw shorter();
            }
        }
    }

    /**
     * Sends it; the system does so without copying it.
     *
     * @return how many bytes were sent: fewer than there should be, when the file is no longer that long
     */
    long sendTo(SocketChannel channel) throws IOException {
        long sent = 0;
        long count;
        do {
            count = file.transferTo(offset + sent, length - sent, channel);
            sent += count;
        } while (count > 0 && sent < length);
        return sent;
    }

    /** What its sender has to say then. */
    static IOException shorter() {
        return new IOException("it became shorter while it was sent; send it again when it is at rest");
    }
}
