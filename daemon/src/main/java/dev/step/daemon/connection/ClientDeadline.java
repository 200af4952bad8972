package dev.step.daemon.connection;

import dev.step.protocol.ProtocolException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.MessageClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a connection whose client owes something for too long: a login, the rest of a message, or to take an answer. When
 * something does not come, only the input ends: the connection's thread sees the end of the stream, and may still answer.
 * It costs nothing but a look every now and then: see {@link Sessions}.
 */
final class ClientDeadline implements MessageClock {
    private static final long NONE = Long.MAX_VALUE;

    private final PeerChannel channel;
    private final ServerLimits limits;
    private final JsonBudget memory;
    private final long startNanos = System.nanoTime();
    private volatile long loginBy;
    private volatile long messageBy = NONE; // all in nanoseconds since the start
    private volatile long answerBy = NONE;
    private volatile boolean serversTurn;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BETWEEN_MESSAGES);
    private long memoryTaken;

    private enum Phase {
        BETWEEN_MESSAGES,
        /** A request is arriving, or being answered. */
        INSIDE_MESSAGE,
        ENDED
    }

    /** The time to log in begins now. */
    ClientDeadline(PeerChannel channel, ServerLimits limits, JsonBudget memory) {
        this.channel = channel;
        this.limits = limits;
        this.memory = memory;
        this.loginBy = limits.loginTime().toNanos();
    }

    /** The client has shown who it is: from now on it may be silent as long as it likes. */
    void loggedIn() {
        loginBy = NONE;
    }

    @Override
    public void messageBegins() {
        phase.compareAndSet(Phase.BETWEEN_MESSAGES, Phase.INSIDE_MESSAGE);
        serversTurn = false;
        messageBy = within(limits.messageTime());
    }

    @Override
    public void lengthsAre(long jsonBytes, long binaryBytes) throws ProtocolException {
        if (!memory.take(jsonBytes)) {
            throw new ProtocolException(
                    Status.TOO_MANY, "The server has too many large messages to read. Please try again later.");
        }
        memoryTaken = jsonBytes;
        restOfMessage(jsonBytes + binaryBytes);
    }

    @Override
    public void messageMustEndWithin(int millis) {
        messageBy = Math.min(messageBy, within(Duration.ofMillis(millis)));
    }

    /** This is what has still to come of the message; nothing, and it is the server's turn, which may take its time. */
    void restOfMessage(long bytes) {
        serversTurn = bytes == 0;
        messageBy = bytes == 0 ? NONE : within(limits.timeFor(bytes));
    }

    /** The message is dealt with, and what was read of it is needed no longer. */
    void messageForgotten() {
        memory.giveBack(memoryTaken);
        memoryTaken = 0;
    }

    /** Whether a message has begun to arrive that is not dealt with yet. */
    boolean isInsideMessage() {
        return phase.get() == Phase.INSIDE_MESSAGE;
    }

    /** The message that began has been dealt with. */
    void messageAnswered() {
        serversTurn = false;
        phase.compareAndSet(Phase.INSIDE_MESSAGE, Phase.BETWEEN_MESSAGES);
    }

    /** Ends the input if no request is under way. */
    void endInputBetweenMessages() {
        if (phase.compareAndSet(Phase.BETWEEN_MESSAGES, Phase.ENDED)) {
            endInput();
        }
    }

    /** The client is being sent an answer of about this many bytes. */
    void answerBegins(long bytes) {
        answerBy = within(limits.timeFor(bytes));
    }

    void answerEnded() {
        answerBy = NONE;
    }

    /** Does what has to be done if the time has come. */
    void check() {
        long now = System.nanoTime() - startNanos;
        if (now >= answerBy) {
            endAll();
        } else if (now >= messageBy || (now >= loginBy && !serversTurn)) {
            endInput();
        }
    }

    private void endInput() {
        try {
            channel.endInput();
        } catch (IOException e) {
            restOfMessage(0); // closed already, which is more than was asked for
        }
    }

    private void endAll() {
        try {
            channel.close();
        } catch (IOException e) {
            answerEnded(); // as good as closed
        }
    }

    private long within(Duration time) {
        return System.nanoTime() - startNanos + time.toNanos();
    }
}
