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
        write(fields, NOTHING.duplicate());
    }

    /** Writes a message with what remains in the buffer as its binary part, behind those that were held back. */
    public void write(JsonObject fields, ByteBuffer binary) throws IOException {
        writeBehindHeld(frame(fields, binary.remaining()), binary);
    }

    private void writeBehindHeld(byte[] frame, ByteBuffer binary) throws IOException {
        ByteBuffer before = takeHeld();
        if (binary.hasRemaining()) {
            writeAll(before, ByteBuffer.wrap(frame), binary);
        } else {
            writeAll(before, ByteBuffer.wrap(frame));
        }
    }

    /** Writes a message without binary soon: with the next one, or when {@link #flush} is called. A long one is not held. */
    public void hold(JsonObject fields) throws IOException {
        hold(fields, NOTHING.duplicate());
    }

    /** The same for a message with what remains in the buffer as its binary part. */
    public void hold(JsonObject fields, ByteBuffer binary) throws IOException {
        byte[] frame = frame(fields, binary.remaining());
        if (held.size() + frame.length + binary.remaining() > MOST_HELD_BYTES) {
            writeBehindHeld(frame, binary);
        } else {
            held.writeBytes(frame);
            byte[] copy = new byte[binary.remaining()];
            binary.get(copy);
            held.writeBytes(copy);
        }
    }

    /** Whether messages are held back. */
    public boolean isHolding() {
        return held.size() > 0;
    }

    /** Writes what was held back. */
    public void flush() throws IOException {
        if (isHolding()) {
            writeAll(takeHeld());
        }
    }

    private ByteBuffer takeHeld() {
        if (!isHolding()) {
            return NOTHING.duplicate();
        }
        ByteBuffer taken = ByteBuffer.wrap(held.toByteArray());
        held.reset();
        return taken;
    }

    private static byte[] frame(JsonObject fields, int binaryLength) {
        byte[] json = Json.encode(fields);
        return ByteBuffer.allocate(2 * Integer.BYTES + json.length)
                .putInt(json.length)
                .putInt(binaryLength)
                .put(json)
                .array();
    }

    private void writeAll(ByteBuffer... parts) throws IOException {
        do {
            channel.write(parts);
        } while (parts[parts.length - 1].hasRemaining()); // the last one is never empty to begin with
    }
}
