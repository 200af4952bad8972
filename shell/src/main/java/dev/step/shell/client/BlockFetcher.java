package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockSent;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Fetches blocks over one connection, asking for several ahead where the server takes that. What has not come when the
 * connection is lost is to be asked for again. {@link BlockSender}'s twin.
 */
final class BlockFetcher {
    private final Pace pace;
    private final Lanes.Lane lane;
    private final Session session;
    private final Download download;
    private final DownloadPlan file;
    private final BlockPlan plan;
    private final ArrivingBlocks blocks;
    private final OptionalInt blockSize;
    private final Window window;
    private final Deque<Integer> unanswered = new ArrayDeque<>();

    /**
     * Has asked for nothing yet.
     *
     * @param window how many may be on their way at once
     */
    BlockFetcher(Pace pace, Lanes.Lane lane, Download download, ArrivingBlocks blocks, Window window) {
        this.pace = pace;
        this.lane = lane;
        this.session = lane.session();
        this.download = download;
        this.file = download.file();
        this.plan = file.blocks();
        this.blocks = blocks;
        this.blockSize =
                pace.blockSize(plan.size()).isPresent() ? OptionalInt.of(plan.blockSize()) : OptionalInt.empty();
        this.window = window;
    }

    /**
     * Fetches blocks until none is left, or the lane is not wanted any more.
     *
     * @throws ConnectionLostException when others may fetch what has not come
     * @throws IOException when the file cannot be written
     */
    void fetch() throws IOException, ClientException {
        try {
            fetch(session.connection());
        } finally {
            if (!unanswered.isEmpty()) {
                session.drop(); // the answers under way are of no use
                blocks.askAgain(unanswered);
            }
        }
    }

    private void fetch(Connection connection) throws IOException, ClientException {
        while (true) {
            ask(connection);
            if (unanswered.isEmpty()) {
                return;
            }
            take(connection);
        }
    }

    private void ask(Connection connection) throws ConnectionLostException, ClientException {
        while (unanswered.size() < window.size() && lane.isWanted()) {
            int index = unanswered.isEmpty() ? blocks.next() : blocks.poll();
            if (index == ArrivingBlocks.NONE) {
                return;
            }
            unanswered.add(index);
            pace.await(plan.length(index));
            connection.send(
                    new DownloadBlock(file.key(), index, blockSize, file.version(), session.offers(Feature.BLOCK_CRC)));
        }
    }

    private void take(Connection connection) throws IOException, ClientException {
        Response response = connection.receive();
        if (!response.isOk()) {
            throw refused(response);
        }
        int index = unanswered.element();
        int length = plan.length(index);
        BlockSent sent = Session.read(response, BlockSent::read);
        checkBlock(sent, connection.binaryLeft(), index);
        ByteBuffer buffer = blocks.buffer(length);
        try {
            connection.readBinary(buffer);
            checkIntact(sent, buffer);
        } catch (ConnectionLostException e) {
            blocks.release(buffer);
            throw e;
        }
        unanswered.remove();
        blocks.arrived(index, buffer);
        download.moved(length);
        window.confirmed(length);
        lane.moved(length);
    }

    private ClientException refused(Response response) throws ConnectionLostException {
        if (response.code() == Status.UNAUTHORIZED.code()) {
            throw new ConnectionLostException("the login is no longer valid: " + response.message(), false);
        }
        return response.code() == Status.CONTENT_DIFFERS.code()
                ? new ClientException(Problem.DIFFERENT, "key " + file.key() + " was replaced on the server meanwhile")
                : ClientException.refused(response);
    }

    private void checkBlock(BlockSent sent, long sentLength, int index) throws ClientException {
        if (sent.blockIndex() != index || sentLength != plan.length(index)) {
            throw ClientException.badAnswer("block " + index + " of " + plan.length(index)
                    + " bytes was asked for, block " + sent.blockIndex() + " of " + sentLength + " bytes came");
        }
    }

    private static void checkIntact(BlockSent sent, ByteBuffer block) throws ConnectionLostException {
        CRC32C crc = new CRC32C();
        crc.update(block.duplicate().flip());
        if (sent.crc().isPresent() && sent.crc().getAsInt() != (int) crc.getValue()) {
            throw new ConnectionLostException("block " + sent.blockIndex() + " was damaged on its way", false);
        }
    }
}
