package dev.step.shell.client;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Sends small files, many on their way at once: each announcement together with the only block, so that nobody waits for an
 * answer between them. What does not go through as smoothly as that, for whatever reason, is left to an {@link Uploader}.
 *
 * <p>For one thread, which does nothing else with the session before {@link #finish}.
 */
public final class SmallUploads {
    /** Bounds the answers that lie unread while requests are sent, two for each file: they fit into any socket's buffer. */
    private static final int MOST_FILES = 32;

    private static final int MOST_BYTES = 4 << 20;

    private final Session session;
    private final Pace pace;
    private final boolean usable;
    private final Deque<SentFile> unanswered = new ArrayDeque<>();
    private final List<Outcome> leftOver = new ArrayList<>();
    private int bytesUnanswered;

    /** Is told what becomes of a file. */
    public interface Outcome {
        /** The server has it, and has come to the same digest. */
        void sent(Transfer transfer);

        /** It has to be sent on its own; the session is free for that now. */
        void leftOver();
    }

    private record SentFile(Key key, int size, Digest digest, long startNanos, Meter meter, Outcome outcome) {}

    public SmallUploads(Session session, TransferOptions options) {
        this.session = session;
        this.pace = new Pace(session, options);
        this.usable = pace.window(1) > 1
                && session.offers(Feature.BLOCK_SIZE)
                && session.offers(Feature.UPLOAD_ID)
                && session.offers(Feature.VERIFY_ON_PUBLISH);
    }

    /** Whether this file can be sent here. */
    public boolean takes(Path path) {
        if (!usable) {
            return false;
        }
        try {
            long size = Files.size(path);
            return size > 0 && size <= pace.blockSize(size).orElse(0) && Files.isRegularFile(path);
        } catch (IOException e) {
            return false; // the uploader has words for that
        }
    }

    /**
     * Sends a file that {@link #takes} has taken; its outcome comes during a later call.
     *
     * @param replace whether other content of the key may be replaced
     * @throws ClientException when this file cannot be read; or {@link Problem#CANCELLED}
     */
    public void put(Path path, Key key, boolean replace, Meter meter, Outcome outcome) throws ClientException {
        long start = System.nanoTime();
        LocalFile file = LocalFile.of(path);
        ByteBuffer content = read(file);
        SentFile sent = new SentFile(key, content.remaining(), md5(content), start, meter, outcome);
        while (unanswered.size() >= MOST_FILES || (bytesUnanswered > 0 && bytesUnanswered + sent.size > MOST_BYTES)) {
            takeAnswers();
        }
        meter.expect(sent.size);
        send(sent, new Announcement(pace, key, file), replace, content);
    }

    private static ByteBuffer read(LocalFile file) throws ClientException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate((int) file.size());
            while (content.hasRemaining() && channel.read(content) >= 0) {}
            file.checkUnchanged();
            if (content.hasRemaining()) {
                throw new IOException("it is shorter than it says");
            }
            return content.flip();
        } catch (IOException e) {
            throw ClientException.local(file.path(), e);
        }
    }

    private static Digest md5(ByteBuffer content) {
        ContentDigest digest = new ContentDigest(DigestAlgorithm.MD5);
        digest.update(content.duplicate());
        return digest.finish();
    }

    private void send(SentFile sent, Announcement announcement, boolean replace, ByteBuffer content)
            throws ClientException {
        Connection connection = session.connectionInUse(!unanswered.isEmpty());
        unanswered.add(sent);
        bytesUnanswered += sent.size;
        try {
            connection.sendWithNext(announcement.ofWhole(replace));
            connection.send(block(sent, content), content);
        } catch (ConnectionLostException e) {
            giveUp();
        }
    }

    private UploadBlock block(SentFile sent, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content.duplicate());
        return new UploadBlock(
                sent.key,
                0,
                Optional.empty(), // the one that this connection has just announced
                session.offers(Feature.BLOCK_CRC) ? OptionalInt.of((int) crc.getValue()) : OptionalInt.empty(),
                Optional.of(sent.digest));
    }

    private void takeAnswers() {
        SentFile sent = unanswered.remove();
        bytesUnanswered -= sent.size;
        try {
            Connection connection = session.connectionInUse(true);
            Response plan = connection.receive();
            Response block = connection.receive();
            if (plan.isOk() && block.isOk() && isDigest(block, sent.digest)) {
                sent.meter.moved(sent.size);
                Duration time = Duration.ofNanos(System.nanoTime() - sent.startNanos);
                sent.outcome.sent(new Transfer(sent.size, sent.size, time, sent.digest, false));
            } else {
                leftOver.add(sent.outcome);
            }
        } catch (ConnectionLostException | ClientException e) {
            leftOver.add(sent.outcome); // whoever sends it on its own meets the cause again, if it is still there
            giveUp();
        }
    }

    private static boolean isDigest(Response block, Digest expected) throws ClientException {
        return Session.read(block, BlockReceived::read).digests().contains(expected);
    }

    /** What became of those on their way is found out one by one. */
    private void giveUp() {
        session.drop();
        unanswered.forEach(sent -> leftOver.add(sent.outcome));
        unanswered.clear();
        bytesUnanswered = 0;
    }

    /** Waits for all outcomes. */
    public void finish() {
        while (!unanswered.isEmpty()) {
            takeAnswers();
        }
        List<Outcome> alone = List.copyOf(leftOver);
        leftOver.clear();
        alone.forEach(Outcome::leftOver);
    }
}
