package dev.step.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends files over a connected channel that any thread may close meanwhile. The channel's own {@code close} must not be used
 * then: it does not wake who sends a file, and the system would go on sending it to whatever gets the socket's number next.
 */
public final class FileSender implements Closeable {
    private final SocketChannel channel;
    /** Held while the system has the socket's number. */
    private final ReentrantLock sending = new ReentrantLock();

    /** Closes the channel in the end. */
    public FileSender(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends a part of a file; waits until the other end has room for it.
     *
     * @throws UnreadableFileException when the file cannot be read, or is no longer that long; a part of it may have been sent
     * @throws IOException when the channel is closed or lost
     */
    public void send(FilePart part) throws IOException {
        sending.lock();
        try {
            part.sendTo(channel);
        } finally {
            sending.unlock();
        }
    }

    /** Closes the channel, and ends what is being sent. */
    @Override
    public void close() throws IOException {
        try {
            channel.shutdownOutput(); // wakes who sends
        } catch (IOException e) {
            // it was closed before, or lost
        }
        sending.lock();
        try {
            channel.close();
        } finally {
            sending.unlock();
        }
    }
}
