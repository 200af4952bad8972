package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.BlockRanges.Range;
import dev.step.protocol.Digest;
import dev.step.protocol.Feature;
import dev.step.protocol.FilePart;
import dev.step.protocol.Status;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import dev.step.shell.client.BlockReader.Block;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One file on its way to the server, over as many connections as it takes. In each round, what is missing is sent; a round
 * that fails is followed by asking what is missing now. A server that cannot say gets what it did not confirm.
 */
final class Upload {
    private static final int NONE = -1;

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
        if (!resumable) {
            findMissing();
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
        return progress.sentBytes();
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
        if (e.isTimeout() && !resumable && progress.lacksOnly(lastIndex())) {
            complete = true;
        } else {
            failed(ClientException.lost(e));
        }
    }

    private void failed(ClientException reason) throws ClientException {
        missingIsKnown = false;
        pace.forgetGrowth();
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
            missing = progress.unconfirmed(lastIndex());
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
        // When nothing is missing, any block will do to say what the file has to come to.
        BlockRanges wanted = missing.ranges().isEmpty()
                ? new BlockRanges(List.of(new Range(lastIndex(), lastIndex())), false)
                : missing;
        int last = wanted.ranges().get(wanted.ranges().size() - 1).last();
        int completing = wanted.more() ? NONE : last;
        missingIsKnown = false;
        Windows windows = pace.windows(blocks);
        try (BlockReader reader = new BlockReader(session, content, wanted, blocks, windows::readAhead)) {
            UploadRound round = new UploadRound(
                    pace, reader, windows, block -> request(block, block.index() == completing), progress);
            long bytes = progress.bytesMissing();
            new Lanes(pace.openings(), pace.growth(bytes, resumable), meter, round::sendOn, reader::end).run(bytes);
            take(round, !wanted.more());
        }
    }

    private HashedFile hashed(BlockPlan blocks) {
        return new HashedFile(
                channel, blocks, session.digest(), session.buffers().get(0, FilePart.PIECE_BYTES));
    }

    private int lastIndex() {
        return plan.blocks().totalBlocks() - 1;
    }

    private UploadBlock request(Block block, boolean completes) throws ClientException {
        if (completes) {
            announcement.file().checkUnchanged();
        }
        return new UploadBlock(
                plan.key(),
                block.index(),
                resumable ? plan.uploadId() : Optional.empty(),
                session.offers(Feature.BLOCK_CRC) ? OptionalInt.of(block.crc()) : OptionalInt.empty(),
                completes && resumable ? Optional.of(content.digest()) : Optional.empty());
    }

    private void take(UploadRound round, boolean toTheEnd) throws ClientException {
        if (round.end().isPresent()) {
            takeEnd(round.end().get());
        } else if (toTheEnd) {
            digests = round.digests();
            checkComplete();
            complete = true;
        }
    }

    private void takeEnd(Response response) throws ClientException {
        if (response.code() == Status.CONTENT_DIFFERS.code()) {
            startOverOr(response, "what had arrived is not what is here");
        } else if (response.code() == Status.NOT_ALLOWED.code() && resumable) {
            startOverOr(response, "the server has discarded what had arrived");
        } else {
            complete = true; // the core says 402 for a file that is complete, some old servers say 408
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
