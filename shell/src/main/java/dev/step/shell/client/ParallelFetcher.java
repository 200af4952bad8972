package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.message.BlockSent;
import dev.step.protocol.message.DownloadBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Fetches the blocks of one file on several connections and writes them in their order. {@link ParallelSender}'s twin. */
final class ParallelFetcher {
    private final Pace pace;
    private final Key key;
    private final BlockPlan plan;
    private final BlockWriter blocks;
    private final Meter meter;
    private final Object order = new Object();
    private final Map<Integer, ByteBuffer> arrivedEarly = new HashMap<>();
    private int nextToFetch;
    private int nextToWrite;

    ParallelFetcher(Pace pace, Key key, BlockPlan plan, BlockWriter blocks, Meter meter) {
        this.pace = pace;
        this.key = key;
        this.plan = plan;
        this.blocks = blocks;
        this.meter = meter;
    }

    /**
     * Fetches everything.
     *
     * @throws IOException when the file cannot be written
     */
    void fetch() throws IOException, ClientException {
        new Lanes(pace, meter, this::step).run(plan.size());
    }

    private int step(Session lane) throws IOException, ClientException {
        int index;
        ByteBuffer buffer;
        synchronized (order) { // the block that is needed first always has a buffer
            if (nextToFetch == plan.totalBlocks()) {
                return Lanes.NOTHING_LEFT;
            }
            index = nextToFetch++;
            buffer = blocks.buffer(plan.length(index));
        }
        int length = plan.length(index);
        pace.await(length);
        fetch(lane, index, buffer);
        arrived(index, buffer);
        meter.moved(length);
        return length;
    }

    private void fetch(Session lane, int index, ByteBuffer buffer) throws ClientException {
        Patience patience = new Patience(lane, false);
        while (true) {
            try {
                fetchOn(lane, index, buffer);
                return;
            } catch (ConnectionLostException e) {
                buffer.rewind();
                patience.failed(ClientException.lost(e));
            }
        }
    }

    private void fetchOn(Session lane, int index, ByteBuffer buffer) throws ConnectionLostException, ClientException {
        Connection connection = lane.connection();
        connection.send(DownloadBlock.plain(key, index));
        BlockSent sent = Session.read(connection.receive(), BlockSent::read);
        if (sent.blockIndex() != index || connection.binaryLeft() != buffer.remaining()) {
            lane.drop();
            throw ClientException.badAnswer(
                    "block " + index + " of " + buffer.remaining() + " bytes was asked for, block " + sent.blockIndex()
                            + " of " + connection.binaryLeft() + " bytes came");
        }
        connection.readBinary(buffer);
    }

    private synchronized void arrived(int index, ByteBuffer buffer) {
        arrivedEarly.put(index, buffer);
        for (ByteBuffer due = arrivedEarly.remove(nextToWrite); due != null; due = arrivedEarly.remove(nextToWrite)) {
            blocks.write(due);
            nextToWrite++;
        }
    }
}
