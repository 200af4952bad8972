package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.message.DownloadPlan;
import dev.step.protocol.message.GetFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Fetches a file: writes it beside its target, hashes it on the way, and gives it its name when all of it is here and is
 * what the server has. Under the target's name there is never half a file.
 */
public final class Downloader {
    private static final String SUFFIX = ".part";
    private static final int LONGEST_NAME_BYTES = 255;
    private static final Set<OpenOption> PART_OPTIONS = Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final Session session;
    private final Pace pace;
    private final Buffers buffers = new Buffers();

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
        RemoteFile file = RemoteFile.of(plan);
        meter.expect(file.size());
        boolean alreadyThere = isThere(file, target, replace, meter);
        if (!alreadyThere) {
            fetch(plan, file, target, meter);
        }
        return new Transfer(file.size(), Duration.ofNanos(System.nanoTime() - start), file.md5(), alreadyThere);
    }

    /** Writes the key's content to a channel that is not closed here; what was written may turn out to be damaged. */
    public void write(Key key, WritableByteChannel sink, Meter meter) throws ClientException {
        DownloadPlan plan = plan(key);
        RemoteFile file = RemoteFile.of(plan);
        meter.expect(file.size());
        try {
            check(file, fetchInto(sink, plan, meter));
        } catch (IOException e) {
            throw new ClientException(Problem.LOCAL_FILE, "key " + key + " cannot be written: " + e.getMessage());
        }
    }

    private DownloadPlan plan(Key key) throws ClientException {
        OldServers.checkKey(session, key);
        DownloadPlan plan = session.ask(key, new GetFile(key, pace.blockSize(0), Optional.empty()), DownloadPlan::read);
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
                && new LocalDigest(session).md5(target, meter).equals(file.md5())) {
            return true;
        }
        if (!replace) {
            throw new ClientException(
                    Problem.EXISTS, target + " exists with other content; --replace replaces it, or name another file");
        }
        return false;
    }

    private void fetch(DownloadPlan plan, RemoteFile file, Path target, Meter meter) throws ClientException {
        Path part = partOf(target);
        try {
            try (FileChannel channel = FileChannel.open(part, PART_OPTIONS)) {
                check(file, fetchInto(channel, plan, meter));
            }
            if (plan.modified().isPresent()) {
                Files.setLastModifiedTime(part, FileTime.from(plan.modified().get()));
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ClientException.local(target, e);
        } finally {
            deleteQuietly(part);
        }
    }

    private static void check(RemoteFile file, Digest arrived) throws ClientException {
        if (!arrived.equals(file.md5())) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + file.key() + " arrived with MD5 " + arrived.hex() + ", the server has "
                            + file.md5().hex() + "; get it again");
        }
    }

    private Digest fetchInto(WritableByteChannel sink, DownloadPlan plan, Meter meter)
            throws IOException, ClientException {
        BlockPlan blocks = plan.blocks();
        int count = pace.buffers(blocks.blockSize(), blocks.totalBlocks());
        int capacity = (int) Math.max(1, Math.min(blocks.blockSize(), blocks.size()));
        try (BlockWriter writer = new BlockWriter(sink, buffers.take(count, capacity))) {
            if (pace.connections(blocks.size()).equals(OptionalInt.of(1))) {
                new BlockFetcher(pace, plan.key(), blocks, writer, meter).fetch();
            } else {
                new ParallelFetcher(pace, plan.key(), blocks, writer, meter).fetch();
            }
            return writer.finish();
        }
    }

    /** Beside the target, so that it can be renamed; a name that would become too long is replaced by its digest. */
    private static Path partOf(Path target) {
        String name = target.getFileName() + SUFFIX;
        boolean tooLong = Key.utf8Length(name) > LONGEST_NAME_BYTES;
        return target.resolveSibling(tooLong ? Digest.md5Hex(name) + SUFFIX : name);
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            return; // what matters was said already
        }
    }
}
