package dev.step.shell.client;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.SaveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.protocol.message.SaveOptions.Publishing;
import dev.step.protocol.message.SaveOptions.Resume;
import dev.step.protocol.message.UploadPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sends a file: reads and hashes it once while it travels, and compares with what the server calculated. */
public final class Uploader {
    private final Session session;
    private final RemoteFiles remote;
    private final Pace pace;
    private final Buffers buffers;

    public Uploader(Session session, TransferOptions options) {
        this.session = session;
        this.pace = new Pace(session, options);
        this.remote = new RemoteFiles(session);
        this.buffers = new Buffers();
    }

    /**
     * Stores the file under the key. A key that has this content already is a success.
     *
     * @param replace whether other content may be replaced
     */
    public Transfer put(Path file, Key key, boolean replace, Meter meter) throws ClientException {
        long start = System.nanoTime();
        long size = LocalFiles.size(file);
        meter.expect(size);
        OldServers.checkKey(session, key);
        OldServers.checkSize(session, size);
        Response response = session.exchange(save(file, key, size, false));
        boolean exists = response.code() == Status.EXISTS.code();
        Optional<Digest> there = exists ? sameThere(file, key, size, meter) : Optional.empty();
        if (exists && there.isEmpty()) {
            OldServers.checkReplace(session, key, replace);
            response = session.exchange(save(file, key, size, true));
        }
        Digest digest = there.isPresent() ? there.get() : send(file, key, size, response, meter);
        return new Transfer(size, Duration.ofNanos(System.nanoTime() - start), digest, there.isPresent());
    }

    private SaveFile save(Path file, Key key, long size, boolean replace) throws ClientException {
        Publishing publishing = new Publishing(replace, false, DigestAlgorithm.MD5);
        Optional<Instant> modified =
                session.offers(Feature.TIMES) ? Optional.of(LocalFiles.modified(file)) : Optional.empty();
        return new SaveFile(
                Optional.of(key), size, new SaveOptions(pace.blockSize(size), Resume.NONE, publishing, modified));
    }

    /** The digest, if the server has the same content. */
    private Optional<Digest> sameThere(Path file, Key key, long size, Meter meter) throws ClientException {
        RemoteFile there = remote.describe(key);
        boolean same = there.size() == size && there.md5().equals(new LocalDigest(session).md5(file, meter));
        return same ? Optional.of(there.md5()) : Optional.empty();
    }

    private Digest send(Path file, Key key, long size, Response response, Meter meter) throws ClientException {
        UploadPlan plan = Session.read(response, UploadPlan::read);
        if (!plan.key().equals(key) || plan.blocks().size() != size) {
            throw ClientException.badAnswer("the upload plan is for another file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return send(channel, plan, meter);
        } catch (IOException e) {
            throw ClientException.local(file, e);
        }
    }

    private Digest send(FileChannel channel, UploadPlan plan, Meter meter) throws IOException, ClientException {
        BlockPlan blocks = plan.blocks();
        int count = pace.buffers(blocks.blockSize(), blocks.totalBlocks());
        int capacity = (int) Math.max(1, Math.min(blocks.blockSize(), blocks.size()));
        try (BlockReader reader = new BlockReader(channel, blocks, buffers.take(count, capacity))) {
            List<Digest> there = blocks.totalBlocks() == 0 ? plan.digests() : send(plan, reader, meter);
            while (reader.hasNext()) {
                reader.release(reader.next()); // the digest wants the whole file
            }
            return compare(plan.key(), blocks.size(), reader.digest(), there);
        }
    }

    private List<Digest> send(UploadPlan plan, BlockReader reader, Meter meter) throws IOException, ClientException {
        boolean onOne = pace.connections(plan.blocks().size()).equals(OptionalInt.of(1));
        return onOne
                ? new BlockSender(pace, plan.key(), plan.blocks(), reader, meter).send()
                : new ParallelSender(pace, plan.key(), plan.blocks(), reader, meter).send();
    }

    /** The server's word on the file it has now: what it said with the last block, or says when asked. */
    private Digest compare(Key key, long size, Digest here, List<Digest> said) throws ClientException {
        Optional<Digest> md5 = RemoteFile.md5(said);
        RemoteFile there = md5.isPresent() ? new RemoteFile(key, size, md5.get()) : remote.describe(key);
        if (!there.isSameAs(size, here)) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + key + " has other content on the server: MD5 "
                            + there.md5().hex() + ", " + here.hex()
                            + " here; put it again with --replace, or rm it first");
        }
        return here;
    }
}
