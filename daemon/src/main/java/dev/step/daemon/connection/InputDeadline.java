package dev.step.daemon.connection;

import dev.step.protocol.frame.MessageClock;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends the input of a connection whose client owes something for too long. The connection's thread then sees the end
 * of the stream, and may still answer. It costs nothing but a look every now and then: see {@link Sessions}.
 */
final class InputDeadline implements MessageClock {
    private static final long NONE = Long.MAX_VALUE;

    private final SocketChannel channel;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BETWEEN_MESSAGES);
    private volatile long atNanos = NONE;

    private enum Phase {
        BETWEEN_MESSAGES,
        /** A request is arriving, or being answered. */
        INSIDE_MESSAGE,
        ENDED
    }

    InputDeadline(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void messageBegins() {
        phase.compareAndSet(Phase.BETWEEN_MESSAGES, Phase.INSIDE_MESSAGE);
    }

    /** The message that began has been answered. */
    void messageEnds() {
        phase.compareAndSet(Phase.INSIDE_MESSAGE, Phase.BETWEEN_MESSAGES);
    }

    /** Ends the input if no request is under way. */
    void endInputBetweenMessages() {
        if (phase.compareAndSet(Phase.BETWEEN_MESSAGES, Phase.ENDED)) {
            endInput();
        }
    }

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
