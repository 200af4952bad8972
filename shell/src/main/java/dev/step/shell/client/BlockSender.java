package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Sends what a reader reads over one connection, several blocks ahead of their answers where the server takes that. While
 * the reader is not ready, the answers are read. What is not confirmed when the connection is lost goes back to the reader.
 */
final class BlockSender {
    private final Pace pace;
    private final Lanes.Lane lane;
    private final Session session;
    private final BlockReader blocks;
    private final UploadRound round;
    private final Window window;
    private final Deque<Block> unanswered = new ArrayDeque<>();

    /**
     * Has sent nothing yet.
     *
     * @param window how many may be on their way at once
     */
    BlockSender(Pace pace, Lanes.Lane lane, BlockReader blocks, UploadRound round, Window window) {
        this.pace = pace;
        this.lane = lane;
        this.session = lane.session();
        this.blocks = blocks;
        this.round = round;
        this.window = window;
    }

    /**
     * Sends blocks until none is left, or the lane is not wanted any more.
     *
     * @throws ConnectionLostException when others may send what was not confirmed
     * @throws IOException when the file cannot be read
     */
    void send() throws IOException, ClientException {
        try {
            send(session.connection());
        } finally {
            if (!unanswered.isEmpty()) {
                session.drop(); // what is still to come would be taken for answers to something else
                blocks.returnUnsent(unanswered);
            }
        }
    }

    private void send(Connection connection) throws IOException, ClientException {
        while (true) {
            fill(connection);
            if (unanswered.isEmpty()) {
                return;
            }
            Response response = connection.receive();
            if (!response.isOk()) {
                end(connection, response);
                return;
            }
            confirm(Session.read(response, BlockReceived::read));
        }
    }

    private void fill(Connection connection) throws IOException, ClientException {
        while (unanswered.size() < window.size() && lane.isWanted()) {
            Optional<Block> block = unanswered.isEmpty() ? blocks.next() : blocks.poll();
            if (block.isEmpty()) {
                return;
            }
            send(connection, block.get());
        }
    }

    private void send(Connection connection, Block block) throws IOException, ClientException {
        unanswered.add(block);
        pace.await(block.length());
        connection.send(round.request(block), block.content());
    }

    private void confirm(BlockReceived received) throws ClientException {
        Block block = unanswered.element();
        if (received.blockIndex() != block.index()) {
            throw ClientException.badAnswer(
                    "block " + block.index() + " was sent, block " + received.blockIndex() + " confirmed");
        }
        unanswered.remove();
        int length = block.length();
        round.confirmed(block, received.digests());
        blocks.release();
        window.confirmed(length);
        lane.moved(length);
    }

    private void end(Connection connection, Response response) throws ConnectionLostException, ClientException {
        for (int i = 1; i < unanswered.size(); i++) {
            connection.receive(); // to stay in step: what they say will be asked for, or does not matter
        }
        if (isStatus(response, Status.UNAUTHORIZED)) {
            throw new ConnectionLostException("the login is no longer valid: " + response.message(), false);
        }
        unanswered.clear();
        if (isStatus(response, Status.BAD_BLOCK) && session.offers(Feature.BLOCK_CRC)) {
            throw new ClientException(Problem.TRY_AGAIN, "blocks are damaged on their way: " + response.message());
        }
        boolean endsUpload = isStatus(response, Status.EXISTS)
                || isStatus(response, Status.NOT_ALLOWED)
                || isStatus(response, Status.CONTENT_DIFFERS);
        if (!endsUpload) {
            throw ClientException.refused(response);
        }
        round.ended(response);
    }

    private static boolean isStatus(Response response, Status status) {
        return response.code() == status.code();
    }
}
