package dev.step.daemon.request;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The other end of a connection, as the handlers of its requests see it. For the connection's own thread. Every method
 * throws {@link ConnectionLostException} when the client is gone, and no other {@link IOException}.
 */
public interface Client {
    /** Bytes of the request's binary part that were not read yet. */
    long blockLength();

    /** Fills the rest of the target from the request's binary part, which must have that much left. */
    void readBlock(ByteBuffer target) throws IOException;

    /** Throws away what is left of the request's binary part. */
    void skipBlock() throws IOException;

    /** Sends a response with what remains in the block as its binary part. */
    void send(JsonObject response, ByteBuffer block) throws IOException;

    /** Lets the connection end when the request is answered. */
    void endAfterAnswer();

    /** The files that this connection is reading. */
    OpenFiles openFiles();

    /** The uploads that this connection has announced. */
    OwnUploads ownUploads();
}
