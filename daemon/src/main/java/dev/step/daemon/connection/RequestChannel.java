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

    RequestChannel(PeerChannel channel, FrameWriter answers, ClientDeadline deadline) {
        this.channel = channel;
        this.answers = answers;
        this.deadline = deadline;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (answers.isHolding() && !channel.hasInput()) {
            flushAnswers();
        }
        return channel.read(target);
    }

    /** Writes the answers that were held back. */
    void flushAnswers() throws IOException {
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
