package dev.step.shell.client;

import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends what a reader reads over one connection, several blocks ahead of their answers where the server takes that. While
 * the reader is not ready, the answers are read.
 */
final class BlockSender {
    private final Pace pace;
    private final Session session;
    private final BlockReader blocks;
    private final RequestMaker requests;
    private final UploadProgress progress;
    private final Deque<Block> unanswered = new ArrayDeque<>();

    /** What a block is announced with. */
    @FunctionalInterface
    interface RequestMaker {
        UploadBlock of(Block block, boolean last) throws ClientException;
    }

    BlockSender(Pace pace, BlockReader blocks, RequestMaker requests, UploadProgress progress) {
        this.pace = pace;
        this.session = pace.session();
        this.blocks = blocks;
        this.requests = requests;
        this.progress = progress;
    }

    /**
     * Sends so many blocks.
     *
     * @param window how many may be on their way at once
     * @return the answer to the last block, or that which makes the others needless: a success, or
     *     {@link Status#EXISTS}, {@link Status#NOT_ALLOWED} or {@link Status#CONTENT_DIFFERS}
     * @throws IOException when the file cannot be read
     */
    Response send(long count, Window window) throws IOException, ClientException {
        try {
            return send(session.connection(), count, window);
        } finally {
            if (!unanswered.isEmpty()) {
                session.drop(); // what is still to come would be taken for answers to something else
            }
        }
    }

    private Response send(Connection connection, long count, Window window) throws IOException, ClientException {
        long left = count;
        while (true) {
            while (left > 0 && unanswered.size() < window.size() && (unanswered.isEmpty() || blocks.isReady())) {
                left--;
                send(connection, blocks.next(), left == 0);
            }
            Response response = connection.receive();
            if (!response.isOk()) {
                return endOf(connection, response);
            }
            window.confirmed(confirm(Session.read(response, BlockReceived::read)));
            if (left == 0 && unanswered.isEmpty()) {
                return response;
            }
        }
    }

    private void send(Connection connection, Block block, boolean last) throws IOException, ClientException {
        UploadBlock request = requests.of(block, last);
        unanswered.add(block);
        pace.await(block.length());
        connection.send(request, block.content());
    }

    private int confirm(BlockReceived received) throws ClientException {
        Block block = unanswered.remove();
        if (received.blockIndex() != block.index()) {
            session.drop();
            throw ClientException.badAnswer(
                    "block " + block.index() + " was sent, block " + received.blockIndex() + " confirmed");
        }
        progress.confirmed(block);
        blocks.release();
        return block.length();
    }

    private Response endOf(Connection connection, Response response) throws ConnectionLostException, ClientException {
        for (int i = 1; i < unanswered.size(); i++) {
            connection.receive(); // to stay in step: what they say will be asked for, or does not matter
        }
        unanswered.clear();
        if (isStatus(response, Status.UNAUTHORIZED)) {
            session.drop(); // a new login may help
            throw new ConnectionLostException("the login is no longer valid: " + response.message(), false);
        }
        if (isStatus(response, Status.BAD_BLOCK) && session.offers(Feature.BLOCK_CRC)) {
            throw new ClientException(Problem.TRY_AGAIN, "blocks are damaged on their way: " + response.message());
        }
        boolean endsUpload = isStatus(response, Status.EXISTS)
                || isStatus(response, Status.NOT_ALLOWED)
                || isStatus(response, Status.CONTENT_DIFFERS);
        if (!endsUpload) {
            throw ClientException.refused(response);
        }
        return response;
    }

    private static boolean isStatus(Response response, Status status) {
        return response.code() == status.code();
    }
}
