package dev.step.daemon.request;

import com.google.gson.JsonObject;
import dev.step.daemon.auth.Caller;
import dev.step.daemon.auth.ShownToken;
import dev.step.protocol.FilePart;
import dev.step.protocol.RefusedException;
import dev.step.protocol.message.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The other end of a connection, as the handlers of its requests see it. For the connection's own thread. Every method
 * throws {@link ConnectionLostException} when the client is gone, and no other {@link IOException}.
 */
public interface Client {
    /** Where it is. */
    InetAddress address();

    /**
     * It has shown that it is this caller.
     *
     * @throws RefusedException 429 when that user has too many connections; this one then ends after the answer
     */
    void is(Caller caller) throws RefusedException;

    /** Bytes of the request's binary part that were not read yet. */
    long blockLength();

    /** Fills the rest of the target from the request's binary part, which must have that much left. */
    void readBlock(ByteBuffer target) throws IOException;

    /** Throws away what is left of the request's binary part. */
    void skipBlock() throws IOException;

    /** Sends a response with what remains in the block as its binary part. Those before it must have been answered. */
    void send(JsonObject response, ByteBuffer block) throws IOException;

    /** Whether it can be sent a part of a file as it is, and that is quicker than copying it. */
    boolean takesFiles();

    /** Sends a response with a part of a file as its binary part, without copying it. */
    void send(JsonObject response, FilePart block) throws IOException;

    /** The same for a response without a block that may wait until the client would wait for it. */
    void sendSoon(JsonObject response) throws IOException;

    /** Sends the responses that could wait. */
    void sendWaiting() throws IOException;

    /** Answers the uploads that are not answered yet, and sends the responses that could wait. */
    void flush() throws IOException;

    /** A block of a file is on its way now: by UPLOAD or DOWNLOAD, which are small enough to be kept. */
    void transfers(Request.OfFile block);

    /** Lets the connection end when the request is answered. */
    void endAfterAnswer();

    /** The token that it has shown last. */
    ShownToken shownToken();

    /** The files that this connection is reading. */
    OpenFiles openFiles();

    /** The uploads that this connection has sent and that are not answered yet. */
    UnansweredUploads unanswered();

    /** The uploads that this connection has announced. */
    OwnUploads ownUploads();
}
