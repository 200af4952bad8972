package dev.step.daemon.request;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The binary part of an answer. Closed after it was sent, which gives back what it holds. */
interface Payload extends AutoCloseable {
    /** No binary. */
    Payload NONE = new Payload() {
        @Override
        public void send(JsonObject response, Client client) throws IOException {
            client.send(response, ByteBuffer.allocate(0));
        }

        @Override
        public void close() {}
    };

    /**
     * Sends the answer whose binary part this is.
     *
     * @throws ConnectionLostException when the client is gone, or cannot be sent the rest of what has begun
     */
    void send(JsonObject response, Client client) throws IOException;

    @Override
    void close();
}
