package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Sends the blocks of one file in order, several ahead of their answers where the server takes that. Blocks whose answers
 * did not come before the connection was lost are sent again on the next one.
 */
final class BlockSender {
    private final Pace pace;
    private final Session session;
    private final Key key;
    private final BlockPlan plan;
    private final BlockReader blocks;
    private final Meter meter;
    private final int window;
    private final Patience patience;
    private final Deque<ByteBuffer> unanswered = new ArrayDeque<>();
    private int firstUnanswered;
    private boolean alreadyComplete;
    private List<Digest> digests = List.of();

    BlockSender(Pace pace, Key key, BlockPlan plan, BlockReader blocks, Meter meter) {
        this.pace = pace;
        this.session = pace.session();
        this.key = key;
        this.plan = plan;
        this.blocks = blocks;
        this.meter = meter;
        this.window = pace.window(plan.blockSize());
        this.patience = new Patience(session);
    }

    /**
     * Sends everything.
     *
     * @return what the server calculated when the file was complete; nothing when it did not say
     * @throws IOException when the file cannot be read
     */
    List<Digest> send() throws IOException, ClientException {
        while (!isComplete()) {
            try {
                sendOn(session.connection());
            } catch (ConnectionLostException e) {
                lost(e);
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
        return digests;
    }

    /** When only the last answer is missing, the file may well be complete: asking for it is better than giving up. */
    private void lost(ConnectionLostException e) throws ClientException {
        session.drop();
        if (e.isTimeout() && unanswered.size() == 1 && blocksRead() == plan.totalBlocks()) {
            alreadyComplete = true;
        } else {
            patience.failed(ClientException.lost(e));
        }
    }

    /** How many blocks were read; not all of them when the server said at some block that it has the whole file. */
    int blocksRead() {
        return firstUnanswered + unanswered.size();
    }

    private boolean isComplete() {
        return alreadyComplete || firstUnanswered == plan.totalBlocks();
    }

    private void sendOn(Connection connection) throws IOException, ClientException {
        int index = firstUnanswered;
        for (ByteBuffer block : unanswered) {
            connection.send(UploadBlock.plain(key, index++), block.duplicate());
        }
        while (!isComplete()) {
            sendAhead(connection);
            take(connection, connection.receive());
        }
    }

    private void sendAhead(Connection connection) throws IOException, ClientException {
        int next = blocksRead();
        while (unanswered.size() < window && next < plan.totalBlocks()) {
            ByteBuffer block = blocks.next();
            unanswered.add(block);
            pace.await(block.remaining());
            connection.send(UploadBlock.plain(key, next++), block.duplicate());
        }
    }

    private void take(Connection connection, Response response) throws ConnectionLostException, ClientException {
        if (!response.isOk()) {
            takeRefusal(connection, response);
            return;
        }
        BlockReceived received = Session.read(response, BlockReceived::read);
        if (received.blockIndex() != firstUnanswered) {
            session.drop();
            throw ClientException.badAnswer(
                    "block " + firstUnanswered + " was sent, block " + received.blockIndex() + " confirmed");
        }
        ByteBuffer block = unanswered.remove();
        meter.moved(block.limit());
        blocks.release(block);
        firstUnanswered++;
        digests = received.digests();
        patience.renew();
    }

    private void takeRefusal(Connection connection, Response response) throws ConnectionLostException, ClientException {
        for (int i = 1; i < unanswered.size(); i++) {
            connection.receive(); // to stay in step: they are about the same
        }
        if (isStatus(response, Status.UNAUTHORIZED)) {
            session.drop(); // a new login may help
            throw new ConnectionLostException("the login is no longer valid: " + response.message(), false);
        }
        // The core says 402 for a file that is complete, some old servers say 408.
        alreadyComplete = isStatus(response, Status.EXISTS) || isStatus(response, Status.NOT_ALLOWED);
        if (!alreadyComplete) {
            throw ClientException.refused(response);
        }
    }

    private static boolean isStatus(Response response, Status status) {
        return response.code() == status.code();
    }
}
