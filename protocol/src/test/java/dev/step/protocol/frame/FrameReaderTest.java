package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.step.protocol.Limits;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Seeded;
import dev.step.protocol.Status;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final String NEXT = "{\"next\":true}";

    @Test
    void messagesAreReadFromSingleBytes() throws Exception {
        byte[] binary = Wire.binary(10);
        FrameReader reader = reader(ChunkedChannel.oneByteAtATime(
                Wire.join(Wire.message("{\"a\":1}", binary), Wire.message("{}"), Wire.message(NEXT))));
        assertMessage("{\"a\":1}", binary, reader);
        assertMessage("{}", Wire.NO_BINARY, reader);
        assertMessage(NEXT, Wire.NO_BINARY, reader);
        assertNull(reader.next());
    }

    @Test
    void messagesAreReadHoweverTheyAreCut() throws Exception {
        Random random = Seeded.random();
        for (int round = 0; round < 300; round++) {
            List<String> texts = new ArrayList<>();
            List<byte[]> binaries = new ArrayList<>();
            byte[] wire = Wire.NO_BINARY;
            for (int i = 0; i < 5; i++) {
                texts.add("{\"a\":\"" + "x".repeat(random.nextInt(9_000)) + "\"}");
                binaries.add(Wire.binary(random.nextInt(3) * random.nextInt(9_000)));
                wire = Wire.join(wire, Wire.message(texts.get(i), binaries.get(i)));
            }
            FrameReader reader = reader(new ChunkedChannel(wire, () -> 1 + random.nextInt(5_000)));
            for (int i = 0; i < 5; i++) {
                assertMessage(texts.get(i), binaries.get(i), reader);
            }
            assertNull(reader.next());
        }
    }

    @Test
    void binaryMayBeReadInPartsAndTheRestSkipped() throws Exception {
        byte[] binary = Wire.binary(50_000);
        FrameReader reader = reader(ChunkedChannel.whole(Wire.join(Wire.message("{}", binary), Wire.message(NEXT))));
        assertEquals(50_000, frame(reader).binaryLength());
        assertArrayEquals(Arrays.copyOf(binary, 20_480), read(reader, 20_480));
        assertEquals(29_520, reader.binaryLeft());
        reader.skipBinary();
        assertEquals(0, reader.binaryLeft());
        assertMessage(NEXT, Wire.NO_BINARY, reader);
    }

    @Test
    void binaryIsNotTakenFromTheChannelBeforeItIsAskedFor() throws Exception {
        byte[] wire = Wire.message("{}", Wire.binary(1_000_000));
        ChunkedChannel channel = ChunkedChannel.whole(wire);
        frame(reader(channel));
        assertTrue(channel.left() >= wire.length - 4096, channel.left() + " bytes left");
    }

    @Test
    void moreBinaryThanTheMessageHasIsNotGiven() throws Exception {
        FrameReader reader =
                reader(ChunkedChannel.whole(Wire.join(Wire.message("{}", Wire.binary(3)), Wire.message(NEXT))));
        frame(reader);
        assertThrows(IllegalArgumentException.class, () -> reader.readBinary(ByteBuffer.allocate(4)));
        assertArrayEquals(Wire.binary(3), read(reader, 3));
        assertMessage(NEXT, Wire.NO_BINARY, reader);
    }

    @Test
    void binaryThatWasForgottenIsNotTakenForAMessage() throws Exception {
        FrameReader reader = reader(ChunkedChannel.whole(Wire.message("{}", Wire.binary(3))));
        frame(reader);
        assertThrows(IllegalStateException.class, reader::next);
    }

    @ParameterizedTest
    @CsvSource({"4294967295,0", "4294967295,4294967295", "2147483648,0", "2147483647,2147483647", "1048577,0"})
    void jsonOverTheLimitIsRefusedWithoutMemory(long json, long binary) throws Exception {
        byte[] wire = Wire.join(Wire.lengths(json, binary), new byte[100]);
        FrameReader reader = reader(ChunkedChannel.whole(wire));
        long allocated = allocatedBy(() -> assertThrows(ProtocolException.class, reader::next));
        assertTrue(allocated < 64 << 10, allocated + " bytes allocated");
    }

    @Test
    void memoryGrowsOnlyWithWhatArrived() throws Exception {
        FrameReader warm = reader(ChunkedChannel.whole(Wire.lengths(1 << 20, 0)));
        assertThrows(EOFException.class, warm::next);
        for (int arrived : new int[] {0, 1, 100, 10_000}) {
            byte[] wire = Wire.join(Wire.lengths(1 << 20, 0xFFFFFFFFL), new byte[arrived]);
            FrameReader reader = reader(ChunkedChannel.whole(wire));
            long allocated = allocatedBy(() -> assertThrows(EOFException.class, reader::next));
            assertTrue(allocated < (64 << 10) + 4 * arrived, allocated + " bytes allocated for " + arrived);
        }
    }

    @Test
    void longestJsonIsRead() throws Exception {
        String text = "{\"a\":\"" + "x".repeat(Limits.MAX_JSON_BYTES - 8) + "\"}";
        FrameReader reader = reader(ChunkedChannel.whole(Wire.join(Wire.message(text), Wire.message(NEXT))));
        assertMessage(text, Wire.NO_BINARY, reader);
        assertMessage(NEXT, Wire.NO_BINARY, reader);
    }

    @Test
    void responseMayBeLongerThanARequest() throws Exception {
        String longest = "{\"a\":\"" + "x".repeat(Limits.MAX_RESPONSE_JSON_BYTES - 8) + "\"}";
        assertMessage(
                longest,
                Wire.NO_BINARY,
                FrameReader.ofResponses(ChunkedChannel.whole(Wire.message(longest)), MessageClock.PATIENT));
        FrameReader tooLong = FrameReader.ofResponses(
                ChunkedChannel.whole(Wire.lengths(Limits.MAX_RESPONSE_JSON_BYTES + 1, 0)), MessageClock.PATIENT);
        assertThrows(ProtocolException.class, tooLong::next);
    }

    @Test
    void secretsOfAMessageAreNeverPrinted() throws Exception {
        Frame frame =
                frame(reader(ChunkedChannel.whole(Wire.message("{\"token\":\"secret\",\"password\":\"secret\"}"))));
        assertFalse(frame.toString().contains("secret"), frame::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{bad}",
                "[]",
                "3",
                "null",
                "\"x\"",
                "{\"a\":1",
                "{\"a\":\"x",
                "{}{}",
                "{\"é\":}",
                "\"é\"",
                "[\"中文\"]",
                "{'é':1}",
                "{\"é\":1}x",
                "{\"a\":\"é\"]",
                "{\"a\":\"é\",}",
                "é",
                "{\"é\":NaN}"
            })
    void messageAfterMalformedJsonIsRead(String text) throws Exception {
        byte[] wire = Wire.join(Wire.message(text, Wire.binary(9)), Wire.message(NEXT));
        for (ReadableByteChannel channel : List.of(ChunkedChannel.whole(wire), ChunkedChannel.oneByteAtATime(wire))) {
            assertMalformedThenNext(reader(channel));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7b2261223a22ff227d", // a byte that UTF-8 never has
                "7b2261223a22c328227d", // a lead byte without its continuation
                "7b2261223a22c0af227d", // a slash in two bytes
                "7b2261223a22eda080227d", // a surrogate in three bytes
                "7b2261223a22d6d0ced2227d", // Chinese in GBK
                "7b2261223a22c0af", // the same, cut short
                "7b2261223a22d6d0ced2", // and the same
                "fffe7b007d00" // UTF-16
            })
    void textThatIsNotUtf8IsRefusedAndNotGuessedAt(String hex) throws Exception {
        byte[] text = HexFormat.of().parseHex(hex);
        byte[] wire = Wire.join(Wire.lengths(text.length, 9), text, Wire.binary(9), Wire.message(NEXT));
        assertMalformedThenNext(reader(ChunkedChannel.whole(wire)));
    }

    private static void assertMalformedThenNext(FrameReader reader) throws Exception {
        RefusedException refusal = Refused.with(Status.MALFORMED, reader::next);
        assertEquals("ERROR", refusal.operationName());
        assertEquals("ERROR", refusal.typeName());
        assertArrayEquals(Wire.binary(9), read(reader, 9));
        assertMessage(NEXT, Wire.NO_BINARY, reader);
    }

    @Test
    void strayBinaryUpToTheLimitIsSkippedWithoutMemory() throws Exception {
        int length = (int) Limits.MAX_SKIPPED_BYTES;
        byte[] head = Wire.join(Wire.lengths(2, length), "{}".getBytes(StandardCharsets.US_ASCII));
        FrameReader reader = reader(new Endless(head, length, Wire.message(NEXT)));
        assertEquals(length, frame(reader).binaryLength());
        long allocated = allocatedBy(reader::skipBinary);
        assertTrue(allocated < 1 << 20, allocated + " bytes allocated");
        assertMessage(NEXT, Wire.NO_BINARY, reader);
    }

    @ParameterizedTest
    @ValueSource(longs = {(64L << 20) + 1, 0x80000000L, 0xFFFFFFFFL})
    void strayBinaryOverTheLimitEndsTheConnection(long length) throws Exception {
        FrameReader reader = reader(
                ChunkedChannel.whole(Wire.join(Wire.lengths(2, length), "{}".getBytes(StandardCharsets.US_ASCII))));
        assertEquals(length, frame(reader).binaryLength());
        assertThrows(ProtocolException.class, reader::skipBinary);
    }

    @Test
    void endBetweenTwoMessagesIsNoError() throws Exception {
        assertNull(reader(ChunkedChannel.whole(Wire.NO_BINARY)).next());
        FrameReader reader = reader(ChunkedChannel.whole(Wire.message("{}")));
        frame(reader);
        assertNull(reader.next());
        assertNull(reader.next());
    }

    @Test
    void endAnywhereInsideAMessageIsAnError() throws Exception {
        byte[] wire = Wire.message("{\"a\":\"b\"}", Wire.binary(5));
        for (int length = 1; length < wire.length; length++) {
            byte[] part = Arrays.copyOf(wire, length);
            FrameReader reader = reader(ChunkedChannel.whole(part));
            assertThrows(EOFException.class, () -> frameAndBinary(reader), "after " + length + " bytes");
            FrameReader skipping = reader(ChunkedChannel.whole(part));
            assertThrows(EOFException.class, () -> frameAndSkip(skipping), "after " + length + " bytes");
        }
    }

    @Test
    void clockIsToldWhenAMessageBeginsAndNotBefore() throws Exception {
        List<String> told = new ArrayList<>();
        FrameReader reader = FrameReader.ofRequests(
                ChunkedChannel.oneByteAtATime(Wire.join(Wire.message("{\"a\":\"é\"}"), Wire.message("{"))),
                new RecordingClock(told));
        assertEquals(List.of(), told);
        frame(reader);
        assertEquals(List.of("begins"), told);
        Refused.with(Status.MALFORMED, reader::next);
        assertNull(reader.next());
        assertEquals(List.of("begins", "begins"), told);
    }

    private static FrameReader reader(ReadableByteChannel channel) {
        return FrameReader.ofRequests(channel, MessageClock.PATIENT);
    }

    private static Frame frame(FrameReader reader) throws IOException, RefusedException {
        Frame frame = reader.next();
        assertNotNull(frame);
        return frame;
    }

    private static void frameAndBinary(FrameReader reader) throws IOException, RefusedException {
        read(reader, (int) frame(reader).binaryLength());
    }

    private static void frameAndSkip(FrameReader reader) throws IOException, RefusedException {
        frame(reader);
        reader.skipBinary();
    }

    private static byte[] read(FrameReader reader, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        reader.readBinary(target);
        return target.array();
    }

    private static void assertMessage(String json, byte[] binary, FrameReader reader) throws Exception {
        Frame frame = frame(reader);
        assertEquals(Json.parse(json).orElseThrow(), frame.fields());
        assertEquals(binary.length, frame.binaryLength());
        assertArrayEquals(binary, read(reader, binary.length));
        assertEquals(0, reader.binaryLeft());
    }

    private static long allocatedBy(Executable action) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            action.execute();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private record RecordingClock(List<String> told) implements MessageClock {
        @Override
        public void messageBegins() {
            told.add("begins");
        }

        @Override
        public void messageMustEndWithin(int millis) {
            told.add("within " + millis);
        }
    }

    /** A head, zeros without end in sight, and a tail; none of it in memory. */
    private static final class Endless implements ReadableByteChannel {
        private final ByteBuffer head;
        private long zeros;
        private final ByteBuffer tail;

        Endless(byte[] head, long zeros, byte[] tail) {
            this.head = ByteBuffer.wrap(head);
            this.zeros = zeros;
            this.tail = ByteBuffer.wrap(tail);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!head.hasRemaining() && zeros > 0) {
                int size = (int) Math.min(zeros, target.remaining());
                target.position(target.position() + size);
                zeros -= size;
                return size;
            }
            ByteBuffer source = head.hasRemaining() ? head : tail;
            if (!source.hasRemaining()) {
                return -1;
            }
            int size = Math.min(source.remaining(), target.remaining());
            target.put(source.slice(source.position(), size));
            source.position(source.position() + size);
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
