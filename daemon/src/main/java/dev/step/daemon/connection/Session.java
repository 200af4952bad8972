package dev.step.daemon.connection;

import com.google.gson.JsonObject;
import dev.step.daemon.auth.Caller;
import dev.step.daemon.auth.ShownToken;
import dev.step.daemon.request.Client;
import dev.step.daemon.request.ConnectionLostException;
import dev.step.daemon.request.Dispatcher;
import dev.step.daemon.request.OpenFiles;
import dev.step.daemon.request.OwnUploads;
import dev.step.daemon.request.UnansweredUploads;
import dev.step.protocol.FilePart;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UnreadableFileException;
import dev.step.protocol.UserName;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.message.Request;
import dev.step.protocol.message.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from its first message to its end: the loop that reads a request, has it answered, and
 * reads the next. Runs on a thread of its own, and lets no exception past it.
 */
final class Session implements Runnable, Client {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int DRAIN_MILLIS = 2_000;
    private static final int DRAIN_BUFFER_BYTES = 16 << 10;
    private static final String PLAINTEXT_REFUSED =
            "This server takes no plain text from you. Use a client that speaks TLS, as step-shell does with --tls.";

    private final long id;
    private final Instant since = Instant.now();
    private final PeerChannel channel;
    private final Peer peer;
    private final ConnectionRules rules;
    private final FrameWriter writer;
    private final RequestChannel requests;
    private final FrameReader reader;
    private final Dispatcher dispatcher;
    private final OpenFiles openFiles = new OpenFiles();
    private final ShownToken shownToken = new ShownToken();
    private final OwnUploads ownUploads = new OwnUploads();
    private final UnansweredUploads unanswered = new UnansweredUploads();
    private volatile boolean ending;
    private volatile Request.@Nullable OfFile transfer;

    /**
     * Closes the channel and the peer in the end.
     *
     * @param id names it among all connections
     * @param peer a client, or a proxy, which will say where its client is
     */
    Session(long id, PeerChannel channel, Peer peer, Dispatcher dispatcher, ConnectionRules rules) {
        this.id = id;
        this.channel = channel;
        this.peer = peer;
        this.dispatcher = dispatcher;
        this.rules = rules;
        this.writer = new FrameWriter(channel);
        this.requests = new RequestChannel(channel, writer, peer.deadline(), this);
        this.reader = FrameReader.ofRequests(requests, peer.deadline());
    }

    /**
     * Ends the connection after the request that is arriving or being answered, or at once if there is none. Callable
     * from any thread.
     */
    void end() {
        ending = true; // before the look at the input: whoever ends a message looks at this afterwards
        peer.deadline().endInputBetweenMessages();
    }

    /** Ends the connection now, whatever it is doing. Callable from any thread. */
    void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the connection of {}", peer.address(), e);
        }
    }

    ClientDeadline deadline() {
        return peer.deadline();
    }

    ConnectionTraffic traffic() {
        return channel.traffic();
    }

    /** What it is doing. Callable from any thread. */
    ConnectionStatus status() {
        return new ConnectionStatus(
                id,
                peer.user().map(UserName::text),
                peer.address(),
                channel.isEncrypted(),
                since,
                traffic().receivedFlow(),
                traffic().sentFlow(),
                Optional.ofNullable(transfer));
    }

    @Override
    public void run() {
        try (peer;
                channel;
                openFiles;
                unanswered) {
            if (isAdmitted()) {
                serveUntilTheEnd();
            }
        } catch (IOException e) {
            LOG.debug("The connection of {} is lost: {}", peer.address(), e.toString());
        } catch (RuntimeException e) {
            LOG.error("A request from {} met a bug; its connection is closed", peer.address(), e);
        }
    }

    /** Whether the client may be served; a proxy's has to be found out first. */
    private boolean isAdmitted() throws IOException {
        if (!rules.isProxy(peer.address())) {
            return true;
        }
        InetAddress client = channel.readProxyHeader().orElse(peer.address());
        try {
            peer.isAt(client);
            return true;
        } catch (RefusedException tooMany) {
            LOG.debug("{}: {}", client, tooMany.getMessage());
            channel.traffic().rejected();
            writer.write(Response.refused("ERROR", "ERROR", tooMany, false));
            closeAfterAnswer();
            return false;
        }
    }

    private void serveUntilTheEnd() throws IOException {
        try {
            boolean more = true;
            while (more && !ending) {
                more = serveNext();
                peer.deadline().messageAnswered();
            }
            if (more || ending) {
                closeAfterAnswer();
            }
        } catch (ProtocolException e) {
            LOG.info("{} broke the protocol: {}", peer.address(), e.getMessage());
            RefusedException refusal = new RefusedException(e.status(), String.valueOf(e.getMessage()));
            dispatcher.refuseBroken(refusal, peer.isExtended(), this);
            closeAfterAnswer();
        }
    }

    /** Reads and answers one request; false when the client has closed the connection. */
    private boolean serveNext() throws IOException {
        try {
            return serve(reader.next());
        } catch (RefusedException malformed) {
            dispatcher.refuseMalformed(malformed, this);
            return true;
        } finally {
            peer.deadline().messageForgotten();
        }
    }

    private boolean serve(@Nullable Frame frame) throws IOException {
        if (frame == null) {
            return false;
        }
        peer.deadline().restOfMessage(0); // the block is owed when it is read: the server may wait for a buffer before
        if (!channel.isEncrypted() && !rules.plaintext().permits(peer.address())) {
            ending = true;
            dispatcher.refuse(frame.fields(), PLAINTEXT_REFUSED, this);
        } else {
            dispatcher.serve(frame.fields(), this);
        }
        return true;
    }

    /** An answer that is followed by a close has to arrive: unread input would turn the close into a reset. */
    private void closeAfterAnswer() throws IOException {
        requests.flushAnswers();
        peer.deadline().messageMustEndWithin(DRAIN_MILLIS);
        peer.deadline().answerBegins(0);
        channel.endOutputAndDrain(ByteBuffer.allocate(DRAIN_BUFFER_BYTES));
    }

    @Override
    public InetAddress address() {
        return peer.address();
    }

    @Override
    public void is(Caller caller) throws RefusedException {
        try {
            peer.is(caller);
        } catch (RefusedException tooMany) {
            ending = true;
            throw tooMany;
        }
    }

    @Override
    public long blockLength() {
        return reader.binaryLeft();
    }

    @Override
    public void readBlock(ByteBuffer target) throws IOException {
        try {
            peer.deadline().restOfMessage(reader.binaryLeft());
            reader.readBinary(target);
            peer.deadline().restOfMessage(reader.binaryLeft());
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void skipBlock() throws IOException {
        try {
            peer.deadline().restOfMessage(reader.binaryLeft());
            reader.skipBinary();
            peer.deadline().restOfMessage(reader.binaryLeft());
        } catch (ProtocolException e) {
            throw e;
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void send(JsonObject response, ByteBuffer block) throws IOException {
        peer.deadline().answerBegins(block.remaining());
        try {
            writer.write(response, block);
            peer.deadline().answerEnded();
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public boolean takesFiles() {
        return channel.takesFiles();
    }

    @Override
    public void send(JsonObject response, FilePart block) throws IOException {
        peer.deadline().answerBegins(block.length());
        try {
            writer.begin(response, block.length());
            channel.send(block);
            peer.deadline().answerEnded();
        } catch (UnreadableFileException e) {
            LOG.error("A file became shorter, or cannot be read, while it was sent: {} is disconnected", address(), e);
            throw new ConnectionLostException(e);
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void sendSoon(JsonObject response) throws IOException {
        peer.deadline().answerBegins(0);
        try {
            writer.hold(response);
            peer.deadline().answerEnded();
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void sendWaiting() throws IOException {
        try {
            requests.sendWaiting();
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            requests.flushAnswers();
        } catch (IOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void transfers(Request.OfFile block) {
        transfer = block;
    }

    @Override
    public void endAfterAnswer() {
        ending = true;
    }

    @Override
    public ShownToken shownToken() {
        return shownToken;
    }

    @Override
    public OpenFiles openFiles() {
        return openFiles;
    }

    @Override
    public UnansweredUploads unanswered() {
        return unanswered;
    }

    @Override
    public OwnUploads ownUploads() {
        return ownUploads;
    }
}
