package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameWriterTest {
    private static final JsonObject FIELDS =
            Json.parse("{\"key\":\"中😀\",\"size\":3}").orElseThrow();

    @Test
    void messageGoesOutInOneWrite() throws Exception {
        CountingChannel channel = new CountingChannel(() -> Integer.MAX_VALUE);
        FrameWriter writer = new FrameWriter(channel);
        writer.write(FIELDS);
        assertEquals(1, channel.writes);
        writer.write(FIELDS, ByteBuffer.wrap(Wire.binary(100_000)));
        assertEquals(2, channel.writes);
        writer.write(FIELDS, ByteBuffer.allocate(0));
        assertEquals(3, channel.writes);
    }

    @Test
    void whatIsHeldBackGoesOutWithTheNext() throws Exception {
        CountingChannel channel = new CountingChannel(() -> Integer.MAX_VALUE);
        FrameWriter writer = new FrameWriter(channel);
        writer.hold(FIELDS);
        writer.hold(FIELDS);
        assertTrue(writer.isHolding());
        assertEquals(0, channel.writes);
        writer.write(FIELDS, ByteBuffer.wrap(Wire.binary(50)));
        assertEquals(1, channel.writes);
        writer.hold(FIELDS);
        writer.flush();
        writer.flush();
        assertEquals(2, channel.writes);
        assertFalse(writer.isHolding());
        FrameReader reader =
                FrameReader.ofRequests(ChunkedChannel.whole(channel.bytes.toByteArray()), MessageClock.PATIENT);
        for (int binary : new int[] {0, 0, 50, 0}) {
            assertMessage(binary, reader);
        }
    }

    @Test
    void noMoreIsHeldBackThanAFewKilobytes() throws Exception {
        CountingChannel channel = new CountingChannel(() -> Integer.MAX_VALUE);
        FrameWriter writer = new FrameWriter(channel);
        while (channel.writes == 0) {
            writer.hold(FIELDS);
        }
        assertTrue(channel.bytes.size() < 16 << 10, channel.bytes.size() + " bytes");
        assertFalse(writer.isHolding());
    }

    @Test
    void bytesAreLengthsThenAsciiThenBinary() throws Exception {
        CountingChannel channel = new CountingChannel(() -> Integer.MAX_VALUE);
        new FrameWriter(channel).write(FIELDS, ByteBuffer.wrap(new byte[] {1, 2, -1}));
        byte[] expected = Wire.message("{\"key\":\"\\u4e2d\\ud83d\\ude00\",\"size\":3}", new byte[] {1, 2, -1});
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(channel.bytes.toByteArray()));
    }

    @Test
    void onlyWhatRemainsInTheBufferIsSent() throws Exception {
        CountingChannel channel = new CountingChannel(() -> Integer.MAX_VALUE);
        ByteBuffer binary =
                ByteBuffer.allocateDirect(10).put(Wire.binary(10)).position(3).limit(5);
        new FrameWriter(channel).write(FIELDS, binary);
        byte[] sent = channel.bytes.toByteArray();
        assertEquals(2, ByteBuffer.wrap(sent).getInt(4));
        assertEquals(Wire.binary(10)[3], sent[sent.length - 2]);
        assertEquals(Wire.binary(10)[4], sent[sent.length - 1]);
        assertFalse(binary.hasRemaining());
    }

    @Test
    void writingGoesOnWhereTheChannelStopped() throws Exception {
        byte[] binary = Wire.binary(50);
        CountingChannel whole = new CountingChannel(() -> Integer.MAX_VALUE);
        new FrameWriter(whole).write(FIELDS, ByteBuffer.wrap(binary));
        byte[] expected = whole.bytes.toByteArray();
        for (int size = 1; size <= expected.length; size++) {
            int atMost = size;
            CountingChannel partial = new CountingChannel(() -> atMost);
            new FrameWriter(partial).write(FIELDS, ByteBuffer.wrap(binary));
            assertArrayEquals(expected, partial.bytes.toByteArray(), size + " bytes a write");
            assertEquals((expected.length + size - 1) / size, partial.writes, size + " bytes a write");
        }
    }

    @Test
    void channelThatTakesNothingIsAskedAgain() throws Exception {
        Random random = Seeded.random();
        CountingChannel channel = new CountingChannel(() -> random.nextInt(3));
        new FrameWriter(channel).write(FIELDS, ByteBuffer.wrap(Wire.binary(50)));
        new FrameWriter(channel).write(FIELDS);
        byte[] wire = channel.bytes.toByteArray();
        FrameReader reader = FrameReader.ofRequests(ChunkedChannel.whole(wire), MessageClock.PATIENT);
        assertMessage(50, reader);
        assertMessage(0, reader);
    }

    @Test
    @Timeout(60)
    void whatIsWrittenIsReadAtTheOtherEnd() throws Exception {
        Random random = Seeded.random();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lengths.add(random.nextInt(3) * random.nextInt(100_000));
        }
        Pipe pipe = Pipe.open();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeAll(lengths, pipe.sink()));
        FrameReader reader = FrameReader.ofRequests(pipe.source(), MessageClock.PATIENT);
        for (int length : lengths) {
            assertMessage(length, reader);
        }
        writing.get();
        pipe.sink().close();
        assertNull(reader.next());
        pipe.source().close();
    }

    private static void writeAll(List<Integer> lengths, GatheringByteChannel channel) {
        FrameWriter writer = new FrameWriter(channel);
        for (int length : lengths) {
            try {
                writer.write(FIELDS, ByteBuffer.wrap(Wire.binary(length)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void assertMessage(int binaryLength, FrameReader reader) throws Exception {
        Frame frame = reader.next();
        assertNotNull(frame);
        assertEquals(FIELDS, frame.fields());
        ByteBuffer binary = ByteBuffer.allocate((int) frame.binaryLength());
        reader.readBinary(binary);
        assertArrayEquals(Wire.binary(binaryLength), binary.array());
    }

    /** Counts writes, and takes only so many bytes in each. */
    private static final class CountingChannel implements GatheringByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final IntSupplier sizes;
        private int writes;

        CountingChannel(IntSupplier sizes) {
            this.sizes = sizes;
        }

        @Override
        public long write(ByteBuffer[] parts, int offset, int length) {
            writes++;
            int room = sizes.getAsInt();
            int taken = 0;
            for (int i = offset; i < offset + length; i++) {
                while (parts[i].hasRemaining() && taken < room) {
                    bytes.write(parts[i].get());
                    taken++;
                }
            }
            return taken;
        }

        @Override
        public long write(ByteBuffer[] parts) {
            return write(parts, 0, parts.length);
        }

        @Override
        public int write(ByteBuffer part) {
            return (int) write(new ByteBuffer[] {part}, 0, 1);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
