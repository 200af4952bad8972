package dev.step.protocol.frame;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Writes frames to a blocking channel, each in one gathered write: some peers take one read for one message.
 *
 * <p>For one thread at a time.
 */
public final class FrameWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final GatheringByteChannel channel;

    public FrameWriter(GatheringByteChannel channel) {
        this.channel = channel;
    }

    /** Writes a message without binary. */
    public void write(JsonObject fields) throws IOException {
        write(fields, NOTHING);
    }

    /** Writes a message with what remains in the buffer as its binary part. */
    public void write(JsonObject fields, ByteBuffer binary) throws IOException {
        ByteBuffer head = head(Json.encode(fields), binary.remaining());
        if (!binary.hasRemaining()) {
            writeAll(head);
        } else {
            writeAll(head, binary);
        }
    }

    private static ByteBuffer head(byte[] json, int binaryLength) {
        return ByteBuffer.allocate(2 * Integer.BYTES + json.length)
                .putInt(json.length)
                .putInt(binaryLength)
                .put(json)
                .flip();
    }

    private void writeAll(ByteBuffer... parts) throws IOException {
        do {
            channel.write(parts);
        } while (parts[parts.length - 1].hasRemaining()); // the last one is never empty to begin with
    }
}
