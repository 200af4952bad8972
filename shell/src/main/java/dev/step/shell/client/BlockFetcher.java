package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.message.BlockSent;
import dev.step.protocol.message.DownloadBlock;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fetches the blocks of one file in order, asking for several ahead where the server takes that. What did not come before
 * the connection was lost is asked for again on the next one. {@link BlockSender}'s twin.
 */
final class BlockFetcher {
    private final Pace pace;
    private final Session session;
    private final Key key;
    private final BlockPlan plan;
    private final BlockWriter blocks;
    private final Meter meter;
    private final OptionalInt blockSize;
    private final int window;
    private final Patience patience;
    private int next;

    BlockFetcher(Pace pace, Key key, BlockPlan plan, BlockWriter blocks, Meter meter) {
        this.pace = pace;
        this.session = pace.session();
        this.key = key;
        this.plan = plan;
        this.blocks = blocks;
        this.meter = meter;
        this.blockSize =
                pace.blockSize(plan.size()).isPresent() ? OptionalInt.of(plan.blockSize()) : OptionalInt.empty();
        this.window = pace.window(plan.blockSize());
        this.patience = new Patience(session);
    }

    /**
     * Fetches everything.
     *
     * @throws IOException when the file cannot be written
     */
    void fetch() throws IOException, ClientException {
        while (next < plan.totalBlocks()) {
            try {
                fetchOn(session.connection());
            } catch (ConnectionLostException e) {
                patience.failed(ClientException.lost(e));
            } catch (ClientException e) {
                patience.failed(e);
            }
        }
    }

    private void fetchOn(Connection connection) throws IOException, ClientException {
        int asked = next;
        while (next < plan.totalBlocks()) {
            while (asked < plan.totalBlocks() && asked - next < window) {
                pace.await(plan.length(asked));
                connection.send(new DownloadBlock(key, asked++, blockSize, Optional.empty(), false));
            }
            take(connection);
        }
    }

    private void take(Connection connection) throws IOException, ClientException {
        Response response = connection.receive();
        if (!response.isOk()) {
            session.drop(); // the answers under way are of no use
            throw ClientException.refused(response);
        }
        int length = plan.length(next);
        checkBlock(connection, Session.read(response, BlockSent::read), length);
        ByteBuffer buffer = blocks.buffer(length);
        try {
            connection.readBinary(buffer);
        } catch (ConnectionLostException e) {
            blocks.release(buffer);
            throw e;
        }
        blocks.write(buffer);
        meter.moved(length);
        next++;
        patience.renew();
    }

    private void checkBlock(Connection connection, BlockSent sent, int length) throws ClientException {
        if (sent.blockIndex() != next || connection.binaryLeft() != length) {
            session.drop();
            throw ClientException.badAnswer("block " + next + " of " + length + " bytes was asked for, block "
                    + sent.blockIndex() + " of " + connection.binaryLeft() + " bytes came");
        }
    }
}
