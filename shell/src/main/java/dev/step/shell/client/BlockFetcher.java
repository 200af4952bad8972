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
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Fetches the blocks of one file in order, asking for several ahead where the server takes that. What did not come before
 * the connection was lost is asked for again on the next one. {@link BlockSender}'s twin.
 */
final class BlockFetcher {
    private final Pace pace;
    private final Session session;
    private final DownloadPlan file;
    private final BlockPlan plan;
    private final BlockWriter blocks;
    private final Meter meter;
    private final OptionalInt blockSize;
    private final Window window;
    private final Patience patience;
    private int next;

    BlockFetcher(Pace pace, DownloadPlan file, BlockWriter blocks, Meter meter) {
        this.pace = pace;
        this.session = pace.session();
        this.file = file;
        this.plan = file.blocks();
        this.blocks = blocks;
        this.meter = meter;
        this.blockSize =
                pace.blockSize(plan.size()).isPresent() ? OptionalInt.of(plan.blockSize()) : OptionalInt.empty();
        this.window = pace.window(plan.blockSize());
        this.patience = new Patience(session, file.version().isPresent());
    }

    /**
     * Fetches everything from this block on.
     *
     * @throws IOException when the file cannot be written
     */
    void fetch(int first) throws IOException, ClientException {
        next = first;
        while (next < plan.totalBlocks()) {
            try {
                fetchOn(session.connection());
            } catch (ConnectionLostException e) {
                session.drop();
                patience.failed(ClientException.lost(e));
            } catch (ClientException e) {
                patience.failed(e);
            } catch (IOException e) {
                session.drop(); // the answers under way are of no use
                throw e;
            }
        }
    }

    private void fetchOn(Connection connection) throws IOException, ClientException {
        int asked = next;
        while (next < plan.totalBlocks()) {
            while (asked < plan.totalBlocks() && asked - next < window.size()) {
                pace.await(plan.length(asked));
                connection.send(new DownloadBlock(
                        file.key(), asked++, blockSize, file.version(), session.offers(Feature.BLOCK_CRC)));
            }
            take(connection);
        }
    }

    private void take(Connection connection) throws IOException, ClientException {
        Response response = connection.receive();
        if (!response.isOk()) {
            session.drop(); // the answers under way are of no use
            throw refused(response);
        }
        int length = plan.length(next);
        BlockSent sent = Session.read(response, BlockSent::read);
        checkBlock(connection, sent, length);
        ByteBuffer buffer = blocks.buffer(length);
        try {
            connection.readBinary(buffer);
            checkIntact(sent, buffer);
        } catch (ConnectionLostException e) {
            blocks.release(buffer);
            throw e;
        }
        blocks.write(buffer);
        meter.moved(length);
        window.confirmed(length);
        next++;
        patience.renew();
    }

    private ClientException refused(Response response) throws ConnectionLostException {
        if (response.code() == Status.UNAUTHORIZED.code()) {
            throw new ConnectionLostException("the login is no longer valid: " + response.message(), false);
        }
        return response.code() == Status.CONTENT_DIFFERS.code()
                ? new ClientException(Problem.DIFFERENT, "key " + file.key() + " was replaced on the server meanwhile")
                : ClientException.refused(response);
    }

    private void checkBlock(Connection connection, BlockSent sent, int length) throws ClientException {
        if (sent.blockIndex() != next || connection.binaryLeft() != length) {
            session.drop();
            throw ClientException.badAnswer("block " + next + " of " + length + " bytes was asked for, block "
                    + sent.blockIndex() + " of " + connection.binaryLeft() + " bytes came");
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
