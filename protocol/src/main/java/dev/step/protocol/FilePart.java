package dev.step.protocol;

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
public record FilePart(FileChannel file, long offset, int length) {
    /** From so many bytes on, not copying spares the sender more than an additional system call costs. */
    public static final int WORTH_NO_COPY_BYTES = 128 << 10;

    /** So much at once stays in the processor's cache while it is read, checked and hashed. */
    public static final int PIECE_BYTES = 128 << 10;

    private static final int COPIED_BYTES = 16 << 10;

    /**
     * Reads it into a buffer that has room for exactly that much.
     *
     * @throws UnreadableFileException when the file cannot be read, or is no longer that long
     */
    public void readInto(ByteBuffer target) throws UnreadableFileException {
        int start = target.position();
        while (target.hasRemaining()) {
            read(target, target.position() - start);
        }
    }

    private void read(ByteBuffer target, int at) throws UnreadableFileException {
        int count;
        try {
            count = file.read(target, offset + at);
        } catch (IOException e) {
            throw new UnreadableFileException(e);
        }
        if (count < 0) {
            throw new UnreadableFileException();
        }
    }

    /** Whether sending it without a copy is worth while. */
    public boolean isWorthNoCopy() {
        return length >= WORTH_NO_COPY_BYTES;
    }

    /**
     * Sends it over a channel in blocking mode; the system does so without copying it. Who closes that channel meanwhile uses
     * {@link FileSender}.
     *
     * @throws UnreadableFileException when the file cannot be read, or is no longer that long; a part of it may have been sent
     * @throws IOException when the channel is closed or lost
     */
    void sendTo(SocketChannel channel) throws IOException {
        int sent = 0;
        while (sent < length) {
            int count = (int) transfer(sent, channel);
            sent += count > 0 ? count : copy(sent, channel);
        }
    }

    private long transfer(int at, SocketChannel channel) throws IOException {
        try {
            return file.transferTo(offset + at, length - at, channel);
        } catch (IOException e) {
            read(ByteBuffer.allocate(1), at); // or was it the file that failed?
            throw e;
        }
    }

    /** Nothing is transferred where the file ends, and by virtual threads, which do not wait, into a channel without room. */
    private int copy(int at, SocketChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(Math.min(COPIED_BYTES, length - at));
        read(piece, at);
        piece.flip();
        int count = piece.remaining();
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        return count;
    }
}
