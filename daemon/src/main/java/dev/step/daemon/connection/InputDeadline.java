package dev.step.daemon.connection;

import dev.step.protocol.frame.MessageClock;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Ends the input of a connection whose client owes something for too long. The connection's thread then sees the end
 * of the stream, and may still answer. It costs nothing but a look every now and then: see {@link Sessions}.
 */
final class InputDeadline implements MessageClock {
    private static final long NONE = Long.MAX_VALUE;

    private final SocketChannel channel;
    private volatile long atNanos = NONE;

    InputDeadline(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void messageBegins() {}

    @Override
    public void messageMustEndWithin(int millis) {
        atNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void clear() {
        if (atNanos != NONE) {
            atNanos = NONE;
        }
    }

    /** Ends the input if the time has come. */
    void check(long nowNanos) {
        long deadline = atNanos;
        if (deadline != NONE && nowNanos - deadline >= 0) {
            endInput();
        }
    }

    /** Lets the connection's thread read the end of the stream, now and from now on. */
    void endInput() {
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            clear(); // closed already, which is more than was asked for
        }
    }
}
