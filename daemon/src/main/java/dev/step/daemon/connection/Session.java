package dev.step.daemon.connection;

import com.google.gson.JsonObject;
import dev.step.daemon.request.Client;
import dev.step.daemon.request.ConnectionLostException;
import dev.step.daemon.request.Dispatcher;
import dev.step.daemon.request.OpenFiles;
import dev.step.daemon.request.OwnUploads;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from its first message to its end: the loop that reads a request, has it answered, and
 * reads the next. Runs on a thread of its own, and lets no exception past it.
 */
final class Session implements Runnable, Client {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final String ERROR = "ERROR";
    private static final int DRAIN_MILLIS = 2_000;
    private static final int DRAIN_BUFFER_BYTES = 16 << 10;
    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final InputDeadline deadline;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final Dispatcher dispatcher;
    private final OpenFiles openFiles = new OpenFiles();
    private final OwnUploads ownUploads = new OwnUploads();
    private volatile boolean ending;

    Session(SocketChannel channel, Dispatcher dispatcher) {
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.deadline = new InputDeadline(channel);
        this.reader = FrameReader.ofRequests(channel, deadline);
        this.writer = new FrameWriter(channel);
    }

    /**
     * Ends the connection after the request that is arriving or being answered, or at once if there is none. Callable
     * from any thread.
     */
    void end() {
        ending = true; // before the look at the input: whoever ends a message looks at this afterwards
        deadline.endInputBetweenMessages();
    }

    /** Ends the connection now, whatever it is doing. Callable from any thread. */
    void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}", channel, e);
        }
    }

    InputDeadline deadline() {
        return deadline;
    }

    @Override
    public void run() {
        try (channel;
                openFiles) {
            serveUntilTheEnd();
        } catch (IOException e) {
            LOG.debug("{} is lost: {}", channel, e.toString());
        } catch (RuntimeException e) {
            LOG.error("A request from {} met a bug; its connection is closed", channel, e);
        }
    }

    private void serveUntilTheEnd() throws IOException {
        try {
            boolean more = true;
            while (more && !ending) {
                more = serveNext();
                deadline.messageEnds();
            }
            if (more || ending) {
                closeAfterAnswer();
            }
        } catch (ProtocolException e) {
            LOG.info("{} broke the protocol: {}", channel, e.getMessage());
            RefusedException refusal = new RefusedException(Status.MALFORMED, String.valueOf(e.getMessage()));
            writer.write(Response.refused(ERROR, ERROR, refusal, false), NO_BLOCK);
            closeAfterAnswer();
        }
    }

    /** Reads and answers one request; false when the client has closed the connection. */
    private boolean serveNext() throws IOException {
        Frame frame;
        try {
            frame = reader.next();
        } catch (RefusedException malformed) {
            reader.skipBinary();
            send(Response.refused(ERROR, ERROR, malformed, false), NO_BLOCK);
            return true;
        } finally {
            deadline.clear();
        }
        if (frame == null) {
            return false;
        }
        dispatcher.serve(frame.fields(), this);
        return true;
    }

    /** An answer that is followed by a close has to arrive: unread input would turn the close into a reset. */
    private void closeAfterAnswer() throws IOException {
        channel.shutdownOutput();
        deadline.messageMustEndWithin(DRAIN_MILLIS);
        ByteBuffer waste = ByteBuffer.allocate(DRAIN_BUFFER_BYTES);
        while (channel.read(waste.clear()) >= 0) {
            // what the client still sends is of no use
        }
    }

    @Override
    public long blockLength() {
        return reader.binaryLeft();
    }

    @Override
    public void readBlock(ByteBuffer target) throws IOException {
        try {
            reader.readBinary(target);
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void skipBlock() throws IOException {
        try {
            reader.skipBinary();
        } catch (ProtocolException e) {
            throw e;
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void send(JsonObject response, ByteBuffer block) throws IOException {
        try {
            writer.write(response, block);
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void endAfterAnswer() {
        ending = true;
    }

    @Override
    public OpenFiles openFiles() {
        return openFiles;
    }

    @Override
    public OwnUploads ownUploads() {
        return ownUploads;
    }
}
