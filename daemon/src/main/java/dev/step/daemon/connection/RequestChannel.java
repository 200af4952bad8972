package dev.step.daemon.connection;

import dev.step.protocol.frame.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Where a client's requests come from. Answers that were held back are written before it is waited for: a client that sends
 * many requests ahead gets its answers together, and one that waits gets its answer at once.
 */
final class RequestChannel implements ReadableByteChannel {
    private final PeerChannel channel;
    private final FrameWriter answers;
    private final ClientDeadline deadline;
    private final Unanswered unanswered;

    /** Requests that were read and not answered yet. */
    interface Unanswered {
        boolean isEmpty();

        /** Answers them. */
        void settle() throws IOException;
    }

    RequestChannel(PeerChannel channel, FrameWriter answers, ClientDeadline deadline, Unanswered unanswered) {
        this.channel = channel;
        this.answers = answers;
        this.deadline = deadline;
        this.unanswered = unanswered;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if ((answers.isHolding() || !unanswered.isEmpty()) && !channel.hasInput()) {
            flushAnswers();
        }
        return channel.read(target);
    }

    /** Answers what was not answered, and writes the answers that were held back. */
    void flushAnswers() throws IOException {
        unanswered.settle();
        if (!answers.isHolding()) {
            return;
        }
        deadline.answerBegins(0);
        answers.flush();
        deadline.answerEnded();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
