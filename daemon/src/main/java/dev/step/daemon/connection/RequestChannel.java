package dev.step.daemon.connection;

import dev.step.daemon.request.Client;
import dev.step.daemon.request.Dispatcher;
import dev.step.protocol.frame.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Where a client's requests come from. What was not answered is answered before the next request is waited for: a client that
 * sends many ahead has them carried out together, and one that waits gets its answer at once. While a request is arriving,
 * its client does not wait for the answers to those before.
 */
final class RequestChannel implements ReadableByteChannel {
    private final PeerChannel channel;
    private final FrameWriter answers;
    private final ClientDeadline deadline;
    private final Client client;

    RequestChannel(PeerChannel channel, FrameWriter answers, ClientDeadline deadline, Client client) {
        this.channel = channel;
        this.answers = answers;
        this.deadline = deadline;
        this.client = client;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        boolean isUnanswered = !client.unanswered().isEmpty() && !deadline.isInsideMessage();
        if ((answers.isHolding() || isUnanswered) && !channel.hasInput()) {
            if (isUnanswered) {
                Dispatcher.settle(client);
            }
            sendWaiting();
        }
        return channel.read(target);
    }

    /** Answers what was not answered, and sends the answers that were held back. */
    void flushAnswers() throws IOException {
        Dispatcher.settle(client);
        sendWaiting();
    }

    /** Sends the answers that were held back. */
    void sendWaiting() throws IOException {
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
