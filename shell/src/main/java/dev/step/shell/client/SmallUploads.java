package dev.step.shell.client;

import dev.step.protocol.ContentDigest;
import dev.step.protocol.Digest;
import dev.step.protocol.Feature;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.message.BlockReceived;
import dev.step.protocol.message.Response;
import dev.step.protocol.message.UploadBlock;
import dev.step.protocol.message.UploadPlan;
import dev.step.protocol.message.UploadWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Sends small files, many on their way at once, whole or in two steps: then each is announced while others are, and its only
 * block follows when the server has a plan for it. In two steps go those that are not tiny, and the first one; and all, once
 * the server has turned out to have a file already, so that what it has is not sent in vain. What does not go through as
 * smoothly as that, for whatever reason, is left to an {@link Uploader}.
 *
 * <p>For one thread, which does nothing else with the session before {@link #finish}.
 */
public final class SmallUploads {
    private static final int MOST_BYTES = 4 << 20;
    /** A file up to this size is sent without asking first. */
    private static final int TINY_BYTES = 64 << 10;

    /** What lies unread while requests are sent has to fit into any socket's buffer, or both ends wait for each other. */
    private static final int MOST_ANSWER_BYTES = 32 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int ANSWER_BYTES_BESIDES_KEY = 500;
    private static final int ANSWER_BYTES_FOR_KEY_BYTE = 3;

    private final Session session;
    private final Pace pace;
    private final boolean usable;
    /** What a file is read into whose content is needed no more once it is on its way. */
    private final ByteBuffer tiny = ByteBuffer.allocate(TINY_BYTES);

    private ContentDigest computation;
    /** In the order of the requests that have no answer yet: a plan, or the word that the block is there. */
    private final Deque<SentFile> unanswered = new ArrayDeque<>();

    private boolean asksFirst;
    private boolean isFirst = true;
    private int bytesUnanswered;
    private int answerBytes;

    /** Is told what becomes of a file. */
    public interface Outcome {
        /** The server has it, and has come to the same digest. */
        void sent(Transfer transfer);

        /** It has to be sent on its own, when the session is free for that. */
        void leftOver();
    }

    private record SentFile(
            Key key,
            int size,
            ByteBuffer content,
            Digest digest,
            long startNanos,
            Meter meter,
            Outcome outcome,
            boolean announced) {
        int answerBytes() {
            return ANSWER_BYTES_BESIDES_KEY + ANSWER_BYTES_FOR_KEY_BYTE * Key.utf8Length(key.text());
        }

        /** The same whose content is needed no more. */
        SentFile withItsBlock() {
            return new SentFile(key, size, NOTHING, digest, startNanos, meter, outcome, true);
        }
    }

    public SmallUploads(Session session, TransferOptions options) {
        this.session = session;
        this.pace = new Pace(session, options);
        this.usable = pace.mayGoAhead()
                && session.offers(Feature.BLOCK_SIZE)
                && session.offers(Feature.UPLOAD_ID)
                && session.offers(Feature.VERIFY_ON_PUBLISH);
        this.asksFirst = !session.offers(Feature.WHOLE);
        this.computation = new ContentDigest(session.digest());
    }

    /**
     * Sends a file, unless the server has anything under its key; its outcome comes during a later call.
     *
     * @return false if this file cannot be sent here, and nothing was done
     * @throws ClientException when this file cannot be read, or there is no connection
     */
    public boolean put(Path path, Key key, Meter meter, Outcome outcome) throws ClientException {
        long start = System.nanoTime();
        if (!usable) {
            return false;
        }
        LocalFile file = LocalFile.of(path);
        if (!isSmall(file)) {
            return false;
        }
        int size = (int) file.size();
        boolean announces = isFirst || asksFirst || size > TINY_BYTES;
        ByteBuffer content =
                read(file, announces ? ByteBuffer.allocate(size) : tiny.clear().limit(size));
        SentFile sent = new SentFile(key, size, content, digest(content), start, meter, outcome, false);
        if (!hasRoomFor(sent)) {
            makeRoomFor(sent);
        }
        meter.expect(size);
        if (announces) {
            announce(sent, new Announcement(pace, key, file));
        } else {
            sendWhole(sent, file);
        }
        if (isFirst) {
            isFirst = false;
            finish();
        }
        return true;
    }

    private boolean isSmall(LocalFile file) {
        return file.size() > 0 && file.size() <= pace.blockSize(file.size()).orElse(0);
    }

    private boolean hasRoomFor(SentFile file) {
        return bytesUnanswered + file.size() <= MOST_BYTES && answerBytes + file.answerBytes() <= MOST_ANSWER_BYTES;
    }

    /** Takes half of the answers at once: what is sent then goes out together, and not one file for each answer. */
    private void makeRoomFor(SentFile file) {
        int left = answerBytes / 2;
        while (!unanswered.isEmpty() && (answerBytes > left || !hasRoomFor(file))) {
            takeAnswer();
        }
    }

    private static ByteBuffer read(LocalFile file, ByteBuffer content) throws ClientException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
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

    private Digest digest(ByteBuffer content) {
        if (computation.algorithm() != session.digest()) { // which another server may be asked for
            computation = new ContentDigest(session.digest());
        }
        computation.update(content.duplicate());
        return computation.finish();
    }

    private void announce(SentFile file, Announcement announcement) throws ClientException {
        Connection connection = session.connectionInUse(!unanswered.isEmpty());
        add(file);
        try {
            connection.sendSoon(announcement.ofWhole());
        } catch (ConnectionLostException e) {
            giveUp();
        }
    }

    private void sendWhole(SentFile file, LocalFile local) throws ClientException {
        Connection connection = session.connectionInUse(!unanswered.isEmpty());
        add(file.withItsBlock());
        Optional<Instant> modified = session.offers(Feature.TIMES) ? Optional.of(local.modified()) : Optional.empty();
        try {
            connection.sendSoon(
                    new UploadWhole(file.key, false, modified, crc(file), file.digest), file.content.duplicate());
        } catch (ConnectionLostException e) {
            giveUp();
        }
    }

    private void add(SentFile file) {
        unanswered.add(file);
        bytesUnanswered += file.size();
        answerBytes += file.answerBytes();
    }

    private SentFile remove() {
        SentFile file = unanswered.remove();
        bytesUnanswered -= file.size();
        answerBytes -= file.answerBytes();
        return file;
    }

    private void takeAnswer() {
        SentFile file = remove();
        try {
            Connection connection = session.connectionInUse(true);
            Response response = connection.receive();
            if (!response.isOk()) {
                asksFirst |= response.code() == Status.EXISTS.code();
                file.outcome.leftOver();
            } else if (file.announced) {
                take(file, Session.read(response, BlockReceived::read));
            } else {
                sendBlock(connection, file, Session.read(response, UploadPlan::read));
            }
        } catch (ConnectionLostException | ClientException e) {
            file.outcome.leftOver(); // whoever sends it on its own meets the cause again, if it is still there
            giveUp();
        }
    }

    private void sendBlock(Connection connection, SentFile file, UploadPlan plan) throws ConnectionLostException {
        if (plan.uploadId().isEmpty() || plan.blocks().totalBlocks() != 1) {
            file.outcome.leftOver();
            return;
        }
        connection.send(block(file, plan), file.content.duplicate());
        add(file.withItsBlock());
    }

    private UploadBlock block(SentFile file, UploadPlan plan) {
        return new UploadBlock(file.key, 0, plan.uploadId(), crc(file), Optional.of(file.digest));
    }

    private OptionalInt crc(SentFile file) {
        if (!session.offers(Feature.BLOCK_CRC)) {
            return OptionalInt.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(file.content.duplicate());
        return OptionalInt.of((int) crc.getValue());
    }

    private static void take(SentFile file, BlockReceived received) {
        if (!received.digests().contains(file.digest)) {
            file.outcome.leftOver();
            return;
        }
        file.meter.moved(file.size());
        Duration time = Duration.ofNanos(System.nanoTime() - file.startNanos);
        file.outcome.sent(new Transfer(file.size(), file.size(), time, file.digest, 1));
    }

    /** What became of those on their way is found out one by one. */
    private void giveUp() {
        session.drop();
        while (!unanswered.isEmpty()) {
            remove().outcome.leftOver();
        }
    }

    /** Waits for all outcomes. */
    public void finish() {
        while (!unanswered.isEmpty()) {
            takeAnswer();
        }
    }
}
