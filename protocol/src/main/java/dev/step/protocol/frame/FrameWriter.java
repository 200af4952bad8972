package dev.step.protocol.frame;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * Writes frames to a blocking channel, each in one gathered write: some peers take one read for one message. For a peer
 * that sends several requests, or takes several answers, at once, small ones can be held back and written together.
 *
 * <p>For one thread at a time.
 */
public final class FrameWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MOST_HELD_BYTES = 8 << 10;

    private final GatheringByteChannel channel;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    public FrameWriter(GatheringByteChannel channel) {
        this.channel = channel;
    }

    /** Writes a message without binary. */
    public void write(JsonObject fields) throws IOException {
        write(fields, NOTHING);
    }

    /** Writes a message with what remains in the buffer as its binary part, behind those that were held back. */
    public void write(JsonObject fields, ByteBuffer binary) throws IOException {
        hold(fields, binary.remaining());
        flush(binary);
    }

    /** Writes a message without binary soon: with the next one, or when {@link #flush} is called. */
    public void hold(JsonObject fields) throws IOException {
        hold(fields, 0);
        if (held.size() > MOST_HELD_BYTES) {
            flush();
        }
    }

    /** Whether messages are held back. */
    public boolean isHolding() {
        return held.size() > 0;
    }

    /** Writes what was held back. */
    public void flush() throws IOException {
        flush(NOTHING);
    }

    private void hold(JsonObject fields, int binaryLength) {
        byte[] json = Json.encode(fields);
        byte[] lengths = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(json.length)
                .putInt(binaryLength)
                .array();
        held.writeBytes(lengths);
        held.writeBytes(json);
    }

    private void flush(ByteBuffer binary) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(held.toByteArray());
        held.reset();
        if (binary.hasRemaining()) {
            writeAll(head, binary);
        } else if (head.hasRemaining()) {
            writeAll(head);
        }
    }

    private void writeAll(ByteBuffer... parts) throws IOException {
        do {
            channel.write(parts);
        } while (parts[parts.length - 1].hasRemaining()); // the last one is never empty to begin with
    }
}
