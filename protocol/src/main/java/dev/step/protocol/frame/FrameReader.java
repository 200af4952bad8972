package dev.step.protocol.frame;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a blocking channel. Its own buffer is small: enough for the JSON of most messages, while the
 * binary part goes straight from the channel into the caller's buffer.
 *
 * <p>For one thread. After {@link #next} the binary part has to be read or skipped before the next call.
 */
public final class FrameReader {
    private static final int BUFFER_BYTES = 4096;
    private static final int SKIP_BYTES = 16 << 10;
    private static final int LENGTHS_BYTES = 8;
    private static final String NO_OBJECT = "The message is not a JSON object.";

    private final ReadableByteChannel channel;
    private final MessageClock clock;
    private final int longestJson;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private long binaryLeft;

    private FrameReader(ReadableByteChannel channel, MessageClock clock, int longestJson) {
        this.channel = channel;
        this.clock = clock;
        this.longestJson = longestJson;
    }

    /** Reads requests from a channel in blocking mode, and tells the clock when one begins to arrive. */
    public static FrameReader ofRequests(ReadableByteChannel channel, MessageClock clock) {
        return new FrameReader(channel, clock, Limits.MAX_JSON_BYTES);
    }

    /** Reads responses, whose JSON may be longer: see {@link Limits#MAX_RESPONSE_JSON_BYTES}. */
    public static FrameReader ofResponses(ReadableByteChannel channel, MessageClock clock) {
        return new FrameReader(channel, clock, Limits.MAX_RESPONSE_JSON_BYTES);
    }

    /**
     * Waits for the next message.
     *
     * @return null when the other end closed the connection between two messages
     * @throws RefusedException 400 when the text is not a JSON object: the frame was whole, its binary part is next
     * @throws ProtocolException when the frame is beyond any use; the connection should be answered and closed
     * @throws EOFException when the connection ended inside a message
     */
    public @Nullable Frame next() throws IOException, RefusedException {
        if (binaryLeft != 0) {
            throw new IllegalStateException(binaryLeft + " bytes of binary were neither read nor skipped");
        }
        if (!buffer.hasRemaining() && !fill()) {
            return null;
        }
        clock.messageBegins();
        require(LENGTHS_BYTES);
        long jsonLength = Integer.toUnsignedLong(buffer.getInt());
        binaryLeft = Integer.toUnsignedLong(buffer.getInt());
        if (jsonLength > longestJson) {
            throw new ProtocolException("The JSON part is longer than " + longestJson + " bytes.");
        }
        byte[] text = read((int) jsonLength);
        return new Frame(parse(text), binaryLeft);
    }

    /** How many bytes of the current message's binary part are still to be read or skipped. */
    public long binaryLeft() {
        return binaryLeft;
    }

    /** Fills the rest of the target from the binary part, which must have that much left. */
    public void readBinary(ByteBuffer target) throws IOException {
        if (target.remaining() > binaryLeft) {
            throw new IllegalArgumentException(target.remaining() + " bytes wanted, " + binaryLeft + " left");
        }
        binaryLeft -= target.remaining();
        drainInto(target);
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw endedInside();
            }
        }
    }

    /**
     * Reads what is left of the binary part and throws it away.
     *
     * @throws ProtocolException when that is more than {@link Limits#MAX_SKIPPED_BYTES}
     */
    public void skipBinary() throws IOException {
        if (binaryLeft > Limits.MAX_SKIPPED_BYTES) {
            throw new ProtocolException("This operation takes no binary, and " + binaryLeft + " bytes came with it.");
        }
        if (binaryLeft == 0) {
            return;
        }
        ByteBuffer waste = ByteBuffer.allocate((int) Math.min(SKIP_BYTES, binaryLeft));
        while (binaryLeft > 0) {
            readBinary(waste.clear().limit((int) Math.min(waste.capacity(), binaryLeft)));
        }
    }

    private JsonObject parse(byte[] bytes) throws IOException, RefusedException {
        Optional<JsonObject> object = Json.parse(bytes);
        if (object.isPresent()) {
            return object.get();
        }
        if (Utf8Prefix.isCutShort(bytes) && Json.isCutShort(new String(bytes, StandardCharsets.UTF_8))) {
            // Where a text that is still no object should have ended, nobody knows.
            return Json.parse(readToCharacterCount(bytes)).orElseThrow(() -> new ProtocolException(NO_OBJECT));
        }
        throw new RefusedException(Status.MALFORMED, NO_OBJECT).answeredAs("ERROR", "ERROR");
    }

    /** Some peers count characters, not bytes: reads on until as many code points are there as bytes were promised. */
    private byte[] readToCharacterCount(byte[] start) throws IOException {
        clock.messageMustEndWithin(Limits.CHARACTER_COUNT_WAIT_MILLIS);
        byte[] all = start;
        int missing = Utf8Prefix.bytesMissing(all, start.length);
        while (missing > 0) {
            byte[] more;
            try {
                more = read(missing);
            } catch (EOFException e) {
                throw new ProtocolException(NO_OBJECT, e);
            }
            int length = all.length;
            all = Arrays.copyOf(all, length + missing);
            System.arraycopy(more, 0, all, length, missing);
            missing = Utf8Prefix.bytesMissing(all, start.length);
        }
        return all;
    }

    /** Reads exactly this many bytes, in memory that grows with what has arrived. */
    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, BUFFER_BYTES)];
        int have = 0;
        while (have < length) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(length, 2 * bytes.length));
            }
            require(1);
            int part = Math.min(buffer.remaining(), bytes.length - have);
            buffer.get(bytes, have, part);
            have += part;
        }
        return bytes;
    }

    private void drainInto(ByteBuffer target) {
        int part = Math.min(buffer.remaining(), target.remaining());
        target.put(buffer.slice(buffer.position(), part));
        buffer.position(buffer.position() + part);
    }

    private void require(int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            if (!fill()) {
                throw endedInside();
            }
        }
    }

    private boolean fill() throws IOException {
        buffer.compact();
        try {
            return channel.read(buffer) >= 0;
        } finally {
            buffer.flip();
        }
    }

    private static EOFException endedInside() {
        return new EOFException("the connection ended inside a message");
    }
}
