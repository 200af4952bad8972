package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sends the blocks of one file on several connections, one block at a time on each. The last block goes alone, when all
 * others are there: old servers complete a file twice, or never, when its final two blocks race.
 */
final class ParallelSender {
    private final Pace pace;
    private final Key key;
    private final BlockPlan plan;
    private final BlockReader blocks;
    private final Meter meter;
    private int next;
    private boolean alreadyComplete;
    private List<Digest> digests = List.of();

    ParallelSender(Pace pace, Key key, BlockPlan plan, BlockReader blocks, Meter meter) {
        this.pace = pace;
        this.key = key;
        this.plan = plan;
        this.blocks = blocks;
        this.meter = meter;
    }

    /**
     * Sends everything.
     *
     * @return what the server calculated when the file was complete; nothing when it did not say
     * @throws IOException when the file cannot be read
     */
    List<Digest> send() throws IOException, ClientException {
        int last = plan.totalBlocks() - 1;
        new Lanes(pace, meter, lane -> step(lane, last)).run(plan.size());
        step(pace.session(), plan.totalBlocks());
        synchronized (this) {
            return digests;
        }
    }

    private int step(Session lane, int end) throws IOException, ClientException {
        Block block;
        synchronized (this) {
            if (alreadyComplete || next >= end) {
                return Lanes.NOTHING_LEFT;
            }
            next++;
            block = blocks.next();
        }
        int length = block.length();
        pace.await(length);
        send(lane, block);
        meter.moved(length);
        blocks.release();
        return length;
    }

    private void send(Session lane, Block block) throws IOException, ClientException {
        ByteBuffer content = ByteBuffer.allocate(block.length());
        block.content().readInto(content);
        Response response = lane.exchangePatiently(UploadBlock.plain(key, block.index()), content.flip());
        // The core says 402 for a file that is complete, some old servers say 408.
        boolean complete = response.code() == Status.EXISTS.code() || response.code() == Status.NOT_ALLOWED.code();
        List<Digest> said = complete ? List.of() : confirmed(response, block.index());
        synchronized (this) {
            alreadyComplete |= complete;
            digests = said;
        }
    }

    private static List<Digest> confirmed(Response response, int index) throws ClientException {
        BlockReceived received = Session.read(response, BlockReceived::read);
        if (received.blockIndex() != index) {
            throw ClientException.badAnswer(
                    "block " + index + " was sent, block " + received.blockIndex() + " confirmed");
        }
        return received.digests();
    }
}
