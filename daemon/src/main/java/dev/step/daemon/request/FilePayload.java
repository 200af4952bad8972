package dev.step.daemon.request;

import com.google.gson.JsonObject;
import dev.step.protocol.FilePart;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block that is sent from its file without being copied, so that a client that takes it slowly holds no memory.
 *
 * @param finished the connection's open file, if this is the last of its blocks
 */
record FilePayload(FilePart block, Optional<OpenFiles> finished) implements Payload {
    private static final Logger LOG = LoggerFactory.getLogger(FilePayload.class);

    @Override
    public void send(JsonObject response, Client client) throws IOException {
        client.send(response, block);
    }

    @Override
    public void close() {
        try {
            if (finished.isPresent()) {
                finished.get().close();
            }
        } catch (IOException e) {
            LOG.warn("Could not close a file that was sent", e); // it was answered already
        }
    }
}
