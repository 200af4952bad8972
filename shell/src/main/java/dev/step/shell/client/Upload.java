package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.BlockRanges.Range;
import dev.step.protocol.Digest;
import dev.step.protocol.Feature;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/**
 * One file on its way to the server, over as many connections as it takes. In each round, what is missing is sent; a round
 * that fails is followed by asking what is missing now. A server that cannot say gets what it did not confirm.
 */
final class Upload {
    private final Pace pace;
    private final Session session;
    private final Announcement announcement;
    private final FileChannel channel;
    private final boolean resumable;
    private final Meter meter;
    private final Patience patience;
    private final UploadProgress progress;

    private UploadPlan plan;
    private BlockRanges missing;
    private HashedFile content;
    private boolean missingIsKnown = true;
    private boolean startedOver;
    private long sentOnSeveral;
    private boolean complete;
    private List<Digest> digests = List.of();

    /** Has sent nothing yet. */
    Upload(Pace pace, Announcement announcement, UploadPlan plan, FileChannel channel, Meter meter) {
        this.pace = pace;
        this.session = pace.session();
        this.announcement = announcement;
        this.channel = channel;
        this.resumable = announcement.isResumable() && plan.uploadId().isPresent();
        this.meter = meter;
        this.patience = new Patience(session, resumable);
        this.progress = new UploadProgress(meter, patience);
        this.plan = plan;
        this.missing = missingOf(plan);
        this.content = hashed(plan.blocks());
    }

    /**
     * Sends everything.
     *
     * @return the digest of what was read here
     * @throws IOException when the file cannot be read
     */
    Digest run() throws IOException, ClientException {
        complete = plan.blocks().totalBlocks() == 0;
        digests = plan.digests();
        progress.begin(plan.blocks(), missing);
        boolean onSeveral =
                !resumable && !pace.connections(plan.blocks().size()).equals(OptionalInt.of(1));
        if (onSeveral && !complete) {
            sendOnSeveral();
        }
        while (!complete) {
            runRound();
        }
        content.hashUpTo(plan.blocks().totalBlocks(), session::isCancelled);
        session.checkCancelled();
        return content.digest();
    }

    /** What the server calculated when the file was complete; nothing when it did not say. */
    List<Digest> digestsThere() {
        return digests;
    }

    long sentBytes() {
        return sentOnSeveral + progress.sentBytes();
    }

    /** An old server, which takes one request at a time on each connection. */
    private void sendOnSeveral() throws IOException, ClientException {
        int ahead = pace.buffers(plan.blocks());
        try (BlockReader reader = reader(missing, () -> ahead)) {
            digests = new ParallelSender(pace, plan.key(), plan.blocks(), reader, meter).send();
            sentOnSeveral = plan.blocks().size();
        }
        complete = true;
    }

    private void runRound() throws IOException, ClientException {
        try {
            if (!missingIsKnown) {
                findMissing();
            }
            if (!complete) {
                sendMissing();
            }
        } catch (ConnectionLostException e) {
            lost(e);
        } catch (ClientException e) {
            failed(e);
        }
    }

    /**
     * When only the last answer is missing, the file may well be complete: asking a server that cannot resume is better
     * than giving up.
     */
    private void lost(ConnectionLostException e) throws ClientException {
        session.drop();
        if (e.isTimeout() && !resumable && progress.next() == plan.blocks().totalBlocks() - 1) {
            complete = true;
        } else {
            failed(ClientException.lost(e));
        }
    }

    private void failed(ClientException reason) throws ClientException {
        missingIsKnown = false;
        try {
            patience.failed(reason);
        } catch (ClientException e) {
            throw resumable && e.problem().leavesTransferUnfinished()
                    ? e.withAdvice("what has arrived is kept: put it again to go on")
                    : e;
        }
    }

    private void findMissing() throws ClientException {
        announcement.file().checkUnchanged();
        if (resumable) {
            announceAgain();
        } else {
            missing = new BlockRanges(
                    List.of(new Range(progress.next(), plan.blocks().totalBlocks() - 1)), false);
        }
        missingIsKnown = true;
    }

    private void announceAgain() throws ClientException {
        Response response = announcement.send();
        if (response.code() == Status.EXISTS.code()) {
            complete = true; // the answer to the last block was lost, or somebody else has sent the same
            return;
        }
        UploadPlan fresh = announcement.plan(response);
        if (!fresh.uploadId().equals(plan.uploadId())) {
            startOver("the server has lost what had arrived");
            content = hashed(fresh.blocks());
        }
        plan = fresh;
        missing = missingOf(fresh);
        progress.begin(plan.blocks(), missing);
    }

    private void sendMissing() throws IOException, ClientException {
        BlockPlan blocks = plan.blocks();
        int lastIndex = blocks.totalBlocks() - 1;
        // When nothing is missing, any block will do to say what the file has to come to.
        BlockRanges wanted =
                missing.ranges().isEmpty() ? new BlockRanges(List.of(new Range(lastIndex, lastIndex)), false) : missing;
        missingIsKnown = false;
        Window window = pace.window(blocks.blockSize());
        try (BlockReader reader = reader(wanted, () -> pace.ahead(blocks, window))) {
            boolean toTheEnd = !wanted.more();
            BlockSender sender =
                    new BlockSender(pace, reader, (block, last) -> request(block, last && toTheEnd), progress);
            take(sender.send(wanted.count(), window), toTheEnd);
        }
    }

    private HashedFile hashed(BlockPlan blocks) {
        return new HashedFile(
                channel, blocks, session.digest(), session.buffers().get(0, HashedFile.PIECE_BYTES));
    }

    private BlockReader reader(BlockRanges wanted, IntSupplier ahead) {
        return new BlockReader(session, content, wanted, plan.blocks(), ahead);
    }

    private UploadBlock request(Block block, boolean last) throws ClientException {
        if (last) {
            announcement.file().checkUnchanged();
        }
        return new UploadBlock(
                plan.key(),
                block.index(),
                resumable ? plan.uploadId() : Optional.empty(),
                session.offers(Feature.BLOCK_CRC) ? OptionalInt.of(block.crc()) : OptionalInt.empty(),
                last && resumable ? Optional.of(content.digest()) : Optional.empty());
    }

    private void take(Response response, boolean toTheEnd) throws ClientException {
        if (response.code() == Status.CONTENT_DIFFERS.code()) {
            startOverOr(response, "what had arrived is not what is here");
        } else if (response.code() == Status.NOT_ALLOWED.code() && resumable) {
            startOverOr(response, "the server has discarded what had arrived");
        } else if (!response.isOk()) {
            complete = true; // the core says 402 for a file that is complete, some old servers say 408
        } else if (toTheEnd) {
            digests = Session.read(response, BlockReceived::read).digests();
            checkComplete();
            complete = true;
        }
    }

    private void checkComplete() throws ClientException {
        if (resumable && digests.isEmpty()) {
            throw ClientException.badAnswer("every block was confirmed, but the file is not complete");
        }
    }

    private void startOverOr(Response refusal, String why) throws ClientException {
        if (startedOver) {
            throw ClientException.refused(refusal);
        }
        announcement.file().checkUnchanged();
        startOver(why);
    }

    private void startOver(String why) {
        if (!startedOver) {
            session.tell("key " + plan.key() + ": " + why + "; starting over");
        }
        startedOver = true;
    }

    private static BlockRanges missingOf(UploadPlan plan) {
        return plan.missing().orElseGet(() -> BlockRanges.all(plan.blocks()));
    }
}
