package dev.step.shell.client;

import dev.step.protocol.BlockRanges;
import dev.step.protocol.Digest;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends a file: reads and hashes it once while it travels, and compares with what the server calculated. Where the server
 * can, an upload that was left unfinished is continued.
 */
public final class Uploader {
    private final Session session;
    private final Pace pace;
    private final RemoteFiles remote;

    public Uploader(Session session, TransferOptions options) {
        this.session = session;
        this.pace = new Pace(session, options);
        this.remote = new RemoteFiles(session);
    }

    /**
     * Stores the file under the key. A key that has this content already is a success.
     *
     * @param replace whether other content may be replaced
     */
    public Transfer put(Path path, Key key, boolean replace, Meter meter) throws ClientException {
        long start = System.nanoTime();
        LocalFile file = LocalFile.of(path);
        meter.expect(file.size());
        OldServers.checkKey(session, key);
        OldServers.checkSize(session, file.size());
        Announcement announcement = new Announcement(pace, key, file);
        try {
            pace.openAhead(file.size(), announcement.isResumable());
            return put(announcement, replace, meter, start);
        } finally {
            pace.openings().giveUp();
        }
    }

    private Transfer put(Announcement announcement, boolean replace, Meter meter, long start) throws ClientException {
        LocalFile file = announcement.file();
        Key key = announcement.key();
        Announcement.FirstAnswer first = announcement.begin();
        Response response = first.response();
        if (response.code() == Status.EXISTS.code()) {
            Optional<Digest> same = sameThere(file, key, meter);
            if (same.isPresent()) {
                return new Transfer(file.size(), 0, Duration.ofNanos(System.nanoTime() - start), same.get(), 0);
            }
            OldServers.checkReplace(session, key, replace);
            response = announcement.replace();
        }
        UploadPlan plan = announcement.plan(response);
        tellAbout(first.unfinished(), plan);
        return send(announcement, plan, meter, start);
    }

    /** The digest, if the server has the same content. */
    private Optional<Digest> sameThere(LocalFile file, Key key, Meter meter) throws ClientException {
        RemoteFile there = remote.describe(key);
        boolean same = there.size() == file.size()
                && there.digest()
                        .equals(new LocalDigest(session)
                                .of(file.path(), there.digest().algorithm(), meter));
        return same ? Optional.of(there.digest()) : Optional.empty();
    }

    private void tellAbout(Optional<String> unfinished, UploadPlan plan) {
        if (unfinished.isEmpty()) {
            return;
        }
        boolean continued = unfinished.equals(plan.uploadId());
        long percent =
                UploadProgress.percentPresent(plan.blocks(), plan.missing().orElse(BlockRanges.NONE));
        session.tell(
                "key " + plan.key() + ": "
                        + (continued
                                ? "going on with its unfinished upload, of which " + percent + " % is there"
                                : "its unfinished upload is of other content, or of this file before it changed; starting over"));
    }

    private Transfer send(Announcement announcement, UploadPlan plan, Meter meter, long start) throws ClientException {
        Path path = announcement.file().path();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ConnectionCount count = new ConnectionCount(meter);
            Upload upload = new Upload(pace, announcement, plan, channel, count);
            Digest here = upload.run();
            compare(announcement, here, upload.digestsThere());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new Transfer(plan.blocks().size(), upload.sentBytes(), time, here, count.most());
        } catch (IOException e) {
            throw ClientException.local(path, e);
        }
    }

    /** The server's word on the file it has now: what it said with the last block, or says when asked. */
    private void compare(Announcement announcement, Digest here, List<Digest> said) throws ClientException {
        Key key = announcement.key();
        long size = announcement.file().size();
        Optional<Digest> digest = RemoteFile.find(said, here.algorithm());
        RemoteFile there =
                digest.isPresent() ? new RemoteFile(key, size, digest.get()) : remote.describe(key, here.algorithm());
        if (!there.isSameAs(size, here)) {
            throw new ClientException(
                    Problem.DIFFERENT,
                    "key " + key + " has other content on the server: "
                            + here.algorithm() + " " + there.digest().hex() + ", " + here.hex()
                            + " here; put it again with --replace, or rm it first");
        }
    }
}
