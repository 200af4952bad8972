package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.GetFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Fetches a file: writes it beside its target, hashes it on the way, and gives it its name when all of it is here and is
 * what the server has. Under the target's name there is never half a file. Where the server tells one content of a key from
 * the next, a download that was left unfinished is continued.
 */
public final class Downloader {
    private final Session session;
    private final Pace pace;

    public Downloader(Session session, TransferOptions options) {
        this.session = session;
        this.pace = new Pace(session, options);
    }

    /**
     * Stores the key's content as the target. A target that has this content already is a success.
     *
     * @param replace whether a target with other content may be replaced
     */
    public Transfer get(Key key, Path target, boolean replace, Meter meter) throws ClientException {
        long start = System.nanoTime();
        DownloadPlan plan = plan(key);
        RemoteFile file = RemoteFile.of(plan, session.digest());
        meter.expect(file.size());
        boolean alreadyThere = isThere(file, target, replace, meter);
        ConnectionCount count = new ConnectionCount(meter);
        long moved = alreadyThere ? 0 : fetchOrStartOver(plan, target, count);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Transfer(file.size(), moved, time, file.digest(), alreadyThere ? 0 : count.most());
    }

    /** Writes the key's content to a channel that is not closed here; what was written may turn out to be damaged. */
    public void write(Key key, WritableByteChannel sink, Meter meter) throws ClientException {
        DownloadPlan plan = plan(key);
        RemoteFile file = RemoteFile.of(plan, session.digest());
        meter.expect(file.size());
        try {
            check(file, fetchInto(sink, plan, 0, new ContentDigest(file.digest().algorithm()), meter));
        } catch (IOException e) {
            throw new ClientException(Problem.LOCAL_FILE, "key " + key + ": " + e.getMessage());
        }
    }

    private DownloadPlan plan(Key key) throws ClientException {
        OldServers.checkKey(session, key);
        DownloadPlan plan = session.ask(
                key, new GetFile(key, pace.blockSize(0), RemoteFiles.asked(session.digest())), DownloadPlan::read);
        if (!plan.key().equals(key)) {
            throw ClientException.badAnswer("the download plan is for another file");
        }
        return plan;
    }

    private boolean isThere(RemoteFile file, Path target, boolean replace, Meter meter) throws ClientException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (LocalFiles.size(target) == file.size()
                && new LocalDigest(session)
                        .of(target, file.digest().algorithm(), meter)
                        .equals(file.digest())) {
            return true;
        }
        if (!replace) {
            throw new ClientException(
                    Problem.EXISTS, target + " exists with other content; --replace replaces it, or name another file");
        }
        return false;
    }

    /** What was replaced on the server meanwhile, or does not come to what the server has, is fetched once more. */
    private long fetchOrStartOver(DownloadPlan plan, Path target, Meter meter) throws ClientException {
        try {
            return fetch(plan, target, meter);
        } catch (ClientException e) {
            if (e.problem() != Problem.DIFFERENT || plan.version().isEmpty()) {
                throw e;
            }
            session.tell("key " + plan.key() + ": what has arrived is not what the server has now; starting over");
            DownloadPlan fresh = plan(plan.key());
            meter.expect(fresh.blocks().size());
            return fetch(fresh, target, meter);
        }
    }

    private long fetch(DownloadPlan plan, Path target, Meter meter) throws ClientException {
        try (PartFile part = PartFile.open(target, plan)) {
            if (part.foundOther()) {
                session.tell(target + ": an unfinished download of other content was there; starting over");
            }
            return fetch(plan, part, meter);
        } catch (IOException e) {
            throw ClientException.local(target, e);
        }
    }

    private long fetch(DownloadPlan plan, PartFile part, Meter meter) throws IOException, ClientException {
        boolean keep = false;
        try {
            RemoteFile file = RemoteFile.of(plan, session.digest());
            ContentDigest computation = new ContentDigest(file.digest().algorithm());
            int first = takeUp(part.channel(), plan.blocks(), computation, meter);
            check(file, fetchInto(part.channel(), plan, first, computation, meter));
            part.publish(plan.modified());
            return plan.blocks().size() - (long) first * plan.blocks().blockSize();
        } catch (ClientException e) {
            keep = plan.version().isPresent() && e.problem().leavesTransferUnfinished();
            throw keep ? e.withAdvice("what has arrived is kept: get it again to go on") : e;
        } finally {
            if (!keep) {
                part.discard();
            }
        }
    }

    /** Hashes the whole blocks that have arrived before, and forgets what is behind them; says how many they are. */
    private int takeUp(FileChannel part, BlockPlan plan, ContentDigest computation, Meter meter)
            throws IOException, ClientException {
        long there = Math.min(part.size(), plan.size());
        int blocks = there == plan.size() ? plan.totalBlocks() : (int) (there / plan.blockSize());
        if (blocks > 0) {
            session.tell("going on with an unfinished download, of which " + 100 * there / plan.size() + " % is there");
        }
        ByteBuffer buffer = ByteBuffer.allocate(blocks == 0 ? 1 : plan.blockSize());
        for (int index = 0; index < blocks; index++) {
            session.checkCancelled();
            buffer.clear().limit(plan.length(index));
            while (buffer.hasRemaining() && part.read(buffer) >= 0) {}
            computation.update(buffer.flip());
            meter.moved(plan.length(index));
        }
        part.truncate(part.position());
        return blocks;
    }

    private static void check(RemoteFile file, Digest arrived) throws ClientException {
        if (!arrived.equals(file.digest())) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + file.key() + " arrived with " + arrived.algorithm() + " " + arrived.hex()
                            + ", the server has " + file.digest().hex() + "; get it again");
        }
    }

    private Digest fetchInto(
            WritableByteChannel sink, DownloadPlan plan, int first, ContentDigest computation, Meter meter)
            throws IOException, ClientException {
        BlockPlan blocks = plan.blocks();
        int capacity = (int) Math.max(1, Math.min(blocks.blockSize(), blocks.size()));
        Windows windows = pace.windows(blocks);
        try (BlockWriter writer =
                new BlockWriter(sink, computation, session.buffers(), capacity, windows::buffersToFetch)) {
            new Download(pace, plan, windows, meter).run(first, writer);
            return writer.finish();
        }
    }
}
