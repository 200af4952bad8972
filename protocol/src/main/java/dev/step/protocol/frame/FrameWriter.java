package dev.step.protocol.frame;

import com.google.gson.JsonObject;
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
    private static final int LENGTHS_BYTES = 2 * Integer.BYTES;
    private static final int FEW_HELD_BYTES = 8 << 10;
    private static final int LEAST_HELD_BYTES = 1 << 10;

    private final GatheringByteChannel channel;
    private final int mostHeldBytes;
    private ByteBuffer held = NOTHING.duplicate();

    /** Holds a few kilobytes back, at most. */
    public FrameWriter(GatheringByteChannel channel) {
        this(channel, FEW_HELD_BYTES);
    }

    /** Holds so many bytes back, at most. */
    public FrameWriter(GatheringByteChannel channel, int mostHeldBytes) {
        this.channel = channel;
        this.mostHeldBytes = mostHeldBytes;
    }

    /** Writes a message without binary. */
    public void write(JsonObject fields) throws IOException {
        write(fields, NOTHING.duplicate());
    }

    /** Writes a message with what remains in the buffer as its binary part, behind those that were held back. */
    public void write(JsonObject fields, ByteBuffer binary) throws IOException {
        writeBehindHeld(frame(fields, binary.remaining()), binary);
    }

    /** Writes the beginning of a message, whose binary part of so many bytes the caller writes to the channel next. */
    public void begin(JsonObject fields, int binaryLength) throws IOException {
        writeBehindHeld(frame(fields, binaryLength), NOTHING.duplicate());
    }

    private void writeBehindHeld(byte[] frame, ByteBuffer binary) throws IOException {
        if (isHolding() || binary.hasRemaining()) {
            writeHeld(ByteBuffer.wrap(frame), binary);
        } else {
            writeAll(ByteBuffer.wrap(frame));
        }
    }

    /** Writes a message without binary soon: with the next one, or when {@link #flush} is called. A long one is not held. */
    public void hold(JsonObject fields) throws IOException {
        hold(fields, NOTHING.duplicate());
    }

    /** The same for a message with what remains in the buffer as its binary part. */
    public void hold(JsonObject fields, ByteBuffer binary) throws IOException {
        byte[] frame = frame(fields, binary.remaining());
        int bytes = frame.length + binary.remaining();
        if (held.position() + bytes > mostHeldBytes) {
            writeBehindHeld(frame, binary);
        } else {
            makeRoom(bytes);
            held.put(frame).put(binary);
        }
    }

    private void makeRoom(int bytes) {
        int wanted = held.position() + bytes;
        if (wanted > held.capacity()) {
            int capacity = Math.max(Math.max(LEAST_HELD_BYTES, 2 * held.capacity()), wanted);
            held = ByteBuffer.allocate(Math.min(mostHeldBytes, capacity)).put(held.flip());
        }
    }

    /** Whether messages are held back. */
    public boolean isHolding() {
        return held.position() > 0;
    }

    /** Writes what was held back. */
    public void flush() throws IOException {
        if (isHolding()) {
            writeHeld();
        }
    }

    /** Writes what was held back, and these behind it. */
    private void writeHeld(ByteBuffer... behind) throws IOException {
        ByteBuffer[] parts = new ByteBuffer[behind.length + 1];
        parts[0] = held.flip();
        System.arraycopy(behind, 0, parts, 1, behind.length);
        try {
            writeAll(parts);
        } finally {
            held.clear();
        }
    }

    private static byte[] frame(JsonObject fields, int binaryLength) {
        byte[] frame = JsonEncoder.encode(fields, LENGTHS_BYTES);
        ByteBuffer.wrap(frame).putInt(frame.length - LENGTHS_BYTES).putInt(binaryLength);
        return frame;
    }

    private void writeAll(ByteBuffer... parts) throws IOException {
        boolean more = true;
        while (more) {
            channel.write(parts);
            more = false;
            for (ByteBuffer part : parts) {
                more |= part.hasRemaining();
            }
        }
    }
}
