package dev.step.shell.client;

import dev.step.protocol.FilePart;
import dev.step.protocol.FileSender;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UnreadableFileException;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import dev.step.protocol.tls.TlsChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection to a server. Requests may be sent ahead of their answers, which come in the same order; who does so
 * keeps the unread answers few, or both ends wait for each other.
 *
 * <p>For one thread; only {@link #close} may be called by others, and ends whatever that thread waits for.
 */
final class Connection implements Closeable {
    /** A line slower than this is taken for a dead one. */
    private static final long SLOWEST_BYTES_PER_SECOND = 16 << 10;

    /** As many small files go out in one write as make the write itself cheap. */
    private static final int MOST_HELD_BYTES = 64 << 10;

    private static final ByteBuffer NO_BINARY = ByteBuffer.allocate(0);

    private final HostAndPort address;
    private final Duration answerLimit;
    private final SocketChannel channel;
    private final boolean encrypted;
    private final Deadline deadline;
    private final LineDelay delay;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final FileSender files;

    private ByteBuffer content = NO_BINARY;
    private Optional<String> token = Optional.empty();
    private Duration allowance = Duration.ZERO;
    private long bytesUnanswered;
    private int requestsUnanswered;
    private long onlyRequestNanos;

    /**
     * Wraps a connected channel in blocking mode.
     *
     * @param tls what is spoken over the channel, if not plain text
     * @param answerLimit how long the server may take for an answer, not counting the time to move what is large
     * @param delay is told how long answers take
     */
    Connection(
            HostAndPort address, SocketChannel channel, Optional<TlsChannel> tls, Duration answerLimit, LineDelay delay)
            throws IOException {
        this.address = address;
        this.answerLimit = answerLimit;
        this.delay = delay;
        this.channel = channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.files = new FileSender(channel);
        this.encrypted = tls.isPresent();
        this.deadline = new Deadline(answerLimit, this::closeChannel);
        this.reader = FrameReader.ofResponses(tls.isPresent() ? tls.get() : channel, deadline);
        this.writer = new FrameWriter(tls.isPresent() ? tls.get() : channel, MOST_HELD_BYTES);
    }

    /** From now on every request carries this token. */
    void authenticate(String newToken) {
        this.token = Optional.of(newToken);
    }

    /** Sends a request without binary. */
    void send(Request request) throws ConnectionLostException {
        send(request, NO_BINARY.duplicate());
    }

    /** Sends a request soon: together with the next one, or when an answer is waited for. */
    void sendSoon(Request request) throws ConnectionLostException {
        sendSoon(request, NO_BINARY.duplicate());
    }

    /** The same with what remains in the buffer as its binary part. */
    void sendSoon(Request request, ByteBuffer binary) throws ConnectionLostException {
        bytesUnanswered += binary.remaining();
        requestsUnanswered++;
        restartDeadline();
        try {
            writer.hold(request.toJson(token), binary);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Sends a request with what remains in the buffer as its binary part. */
    void send(Request request, ByteBuffer binary) throws ConnectionLostException {
        sends(binary.remaining());
        try {
            writer.write(request.toJson(token), binary);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * The same with a part of a file.
     *
     * @throws UnreadableFileException when the file cannot be read, or is no longer that long: the connection is of no use
     *     then
     */
    void send(Request request, FilePart binary) throws ConnectionLostException, UnreadableFileException {
        if (encrypted || !binary.isWorthNoCopy()) {
            send(request, read(binary));
            return;
        }
        sends(binary.length());
        try {
            writer.begin(request.toJson(token), binary.length());
            files.send(binary);
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void sends(int binaryLength) {
        bytesUnanswered += binaryLength;
        requestsUnanswered++;
        onlyRequestNanos = System.nanoTime();
        restartDeadline();
    }

    private ByteBuffer read(FilePart binary) throws UnreadableFileException {
        if (content.capacity() < binary.length()) {
            content = ByteBuffer.allocateDirect(binary.length());
        }
        binary.readInto(content.clear().limit(binary.length()));
        return content.flip();
    }

    /**
     * Waits for the next answer. Its binary part has to be read with {@link #readBinary}, or is skipped by the next call.
     *
     * @throws ClientException when it is none that the protocol knows; the connection is closed then
     */
    Response receive() throws ConnectionLostException, ClientException {
        try {
            writer.flush();
            reader.skipBinary();
            Frame frame = reader.next();
            if (frame == null) {
                throw lost(new IOException("closed by the server"));
            }
            if (requestsUnanswered == 1 && bytesUnanswered == 0) {
                delay.answered(System.nanoTime() - onlyRequestNanos);
            }
            answered();
            return Response.read(frame.fields());
        } catch (RefusedException | ProtocolException e) {
            close();
            throw ClientException.badAnswer(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void answered() {
        requestsUnanswered--;
        if (requestsUnanswered == 0) {
            bytesUnanswered = 0;
            deadline.clear();
        } else {
            restartDeadline();
        }
    }

    private void restartDeadline() {
        deadline.start(
                Duration.ofSeconds(bytesUnanswered / SLOWEST_BYTES_PER_SECOND).plus(allowance));
    }

    /** From now on the server may take so much longer for an answer. */
    void allow(Duration longer) {
        allowance = longer;
    }

    /** How many bytes of binary the last answer has that were not read yet. */
    long binaryLeft() {
        return reader.binaryLeft();
    }

    /** Fills the rest of the buffer from the last answer's binary part. */
    void readBinary(ByteBuffer target) throws ConnectionLostException {
        deadline.start(Duration.ofSeconds(target.remaining() / SLOWEST_BYTES_PER_SECOND));
        try {
            reader.readBinary(target);
        } catch (IOException e) {
            throw lost(e);
        }
        if (requestsUnanswered == 0) {
            deadline.clear();
        }
    }

    /**
     * Whether the server has closed it meanwhile, found out without waiting. Only between requests; between them TLS has
     * nothing to say either, but goodbye.
     */
    boolean isGone() {
        try {
            channel.configureBlocking(false);
            int got = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return got != 0; // an answer nobody asked for is no better than the end
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether nobody has closed it here, as is done when it is lost. */
    boolean isOpen() {
        return channel.isOpen();
    }

    private ConnectionLostException lost(IOException cause) {
        close();
        if (deadline.hasExpired()) {
            return new ConnectionLostException(
                    "no answer from " + address + " within " + answerLimit.toSeconds() + " s", true);
        }
        if (cause instanceof ConnectionLostException already) {
            return already;
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ConnectionLostException("the connection to " + address + " was lost: " + reason, cause);
    }

    @Override
    public void close() {
        deadline.close();
        closeChannel();
    }

    private void closeChannel() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a socket", e);
        }
    }
}
