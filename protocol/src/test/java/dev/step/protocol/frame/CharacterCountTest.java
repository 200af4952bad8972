package dev.step.protocol.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Limits;
import dev.step.protocol.ProtocolException;
import dev.step.protocol.Seeded;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose first length counts characters instead of bytes, as some old peers send them. */
class CharacterCountTest {
    private static final String NEXT = "{\"next\": \"文\"}";
    private static final int[] CODE_POINTS = {'a', '"', '\\', '}', '{', 0xE9, 0x7FF, 0x4E2D, 0xFFFD, 0x1F600, 0x10FFFF};

    private final List<Integer> waits = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\": \"é\"}",
                "{\"key\": \"中文\", \"size\": 12}",
                "{\"key\": \"😀\"}",
                "{\"文件\": {\"😀😀\": [\"é中😀\", null, true]}, \"z\": \"😀\"}",
                "{\"a\": \"x😀\", \"b\": 1.5e3, \"c\": \"\\ud83d\\ude00\\n\"}"
            })
    void messageIsUnderstoodWhereverTheWireIsCut(String json) throws Exception {
        byte[] wire = Wire.join(
                Wire.countedInCharacters(json, Wire.binary(5)), Wire.countedInCharacters(NEXT, Wire.binary(2)));
        assertBothMessages(json, 5, ChunkedChannel.whole(wire));
        assertBothMessages(json, 5, ChunkedChannel.oneByteAtATime(wire));
        for (int position = 1; position < wire.length; position++) {
            assertBothMessages(json, 5, ChunkedChannel.cutAt(position, wire));
        }
    }

    @Test
    void randomTextIsUnderstoodInRandomPieces() throws Exception {
        Random random = Seeded.random();
        for (int round = 0; round < 2_000; round++) {
            String json = "{\"é" + randomText(random) + "\": \"" + randomText(random) + "\", \"n\": [1, {}]}";
            int binary = random.nextInt(3) * random.nextInt(5_000);
            byte[] wire = Wire.join(
                    Wire.countedInCharacters(json, Wire.binary(binary)),
                    Wire.countedInCharacters(NEXT, Wire.binary(2)));
            assertBothMessages(json, binary, new ChunkedChannel(wire, () -> 1 + random.nextInt(300)));
        }
    }

    @Test
    void endMayBeMissingFromAnyToken() throws Exception {
        String tail = "\", \"k\" : -12.5e+3 , \"\\u00e9\\n\":[true,false,null,0,\"\\\\\",{}] }";
        for (int missing = 1; missing <= tail.length(); missing++) {
            String json = "{\"a\":\"" + "é".repeat(missing) + tail;
            byte[] wire = Wire.join(Wire.countedInCharacters(json, Wire.binary(5)), Wire.message(NEXT, Wire.binary(2)));
            assertBothMessages(json, 5, ChunkedChannel.whole(wire));
        }
    }

    @Test
    void sameTextCountedInBytesNeedsNoWaiting() throws Exception {
        Random random = Seeded.random();
        for (int round = 0; round < 500; round++) {
            String json = "{\"é" + randomText(random) + "\": \"" + randomText(random) + "\"}";
            byte[] wire = Wire.join(Wire.message(json, Wire.binary(5)), Wire.message(NEXT, Wire.binary(2)));
            assertBothMessages(json, 5, ChunkedChannel.whole(wire));
            assertEquals(List.of(), waits);
        }
    }

    @Test
    void longestMessageOfFourByteCharactersIsUnderstood() throws Exception {
        String json = "{\"a\": \"" + "😀".repeat(Limits.MAX_JSON_BYTES - 9) + "\"}";
        assertEquals(Limits.MAX_JSON_BYTES, json.codePointCount(0, json.length()));
        byte[] wire = Wire.join(Wire.countedInCharacters(json, Wire.binary(5)), Wire.message(NEXT, Wire.binary(2)));
        assertBothMessages(json, 5, ChunkedChannel.whole(wire));
    }

    @Test
    void readingOnIsGivenTwoSecondsOnce() throws Exception {
        FrameReader reader = reader(
                ChunkedChannel.oneByteAtATime(Wire.countedInCharacters("{\"a\": \"😀中é😀中é\"}", Wire.NO_BINARY)));
        assertNotNull(reader.next());
        assertEquals(List.of(2_000), waits);
    }

    @Test
    @Timeout(60)
    void nothingBeyondTheMessageIsWaitedFor() throws Exception {
        Pipe pipe = Pipe.open();
        String json = "{\"key\": \"中文😀\"}";
        pipe.sink().write(ByteBuffer.wrap(Wire.countedInCharacters(json, Wire.NO_BINARY)));
        Frame frame = reader(pipe.source()).next(); // the other end stays open and says nothing more
        assertNotNull(frame);
        assertEquals(Json.parse(json).orElseThrow(), frame.fields());
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void endWhileReadingOnEndsTheConnection() throws Exception {
        byte[] wire = Wire.countedInCharacters("{\"key\": \"中文\"}", Wire.NO_BINARY);
        int counted = "{\"key\": \"中文\"}".length();
        for (int length = 8 + counted; length < wire.length; length++) {
            FrameReader reader = reader(ChunkedChannel.whole(Arrays.copyOf(wire, length)));
            assertThrows(ProtocolException.class, reader::next, length + " bytes");
        }
    }

    @Test
    void messageThatStillDoesNotParseLeavesNoPlaceToGoOnFrom() {
        String broken = "{\"key\": \"中文\", ";
        byte[] wire = Wire.join(Wire.message(broken), Wire.message("{\"a\": \"" + "x".repeat(100) + "\"}"));
        assertThrows(ProtocolException.class, reader(ChunkedChannel.whole(wire))::next);
    }

    @Test
    void noTextIsLongerThanFourBytesForEachCharacterPromised() {
        int promised = 1_000;
        byte[] wire = Wire.join(Wire.lengths(promised, 0), "{\"é".getBytes(StandardCharsets.UTF_8), zeros(9_000));
        ChunkedChannel channel = ChunkedChannel.oneByteAtATime(wire);
        assertThrows(ProtocolException.class, reader(channel)::next);
        assertTrue(wire.length - channel.left() <= 8 + 4 * promised, channel.left() + " bytes left");
    }

    @Test
    @Timeout(60)
    void hostileTextIsReadInLinearTime() {
        for (String filler : new String[] {"\u0000", "é", "中", "😀"}) {
            String text = "{\"é" + filler.repeat(Limits.MAX_JSON_BYTES + 10);
            byte[] wire = Wire.join(Wire.lengths(Limits.MAX_JSON_BYTES, 0), text.getBytes(StandardCharsets.UTF_8));
            assertThrows(Exception.class, reader(ChunkedChannel.whole(wire))::next);
        }
    }

    private static byte[] zeros(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '0');
        return bytes;
    }

    private void assertBothMessages(String json, int binary, ReadableByteChannel channel) throws Exception {
        FrameReader reader = reader(channel);
        assertMessage(json, binary, reader);
        assertMessage(NEXT, 2, reader);
        assertNull(reader.next());
    }

    private static void assertMessage(String json, int binary, FrameReader reader) throws Exception {
        Frame frame = reader.next();
        assertNotNull(frame);
        assertEquals(Json.parse(json).orElseThrow(), frame.fields());
        ByteBuffer target = ByteBuffer.allocate((int) frame.binaryLength());
        reader.readBinary(target);
        assertArrayEquals(Wire.binary(binary), target.array());
    }

    private FrameReader reader(ReadableByteChannel channel) {
        return FrameReader.ofRequests(channel, new MessageClock() {
            @Override
            public void messageBegins() {}

            @Override
            public void messageMustEndWithin(int millis) {
                waits.add(millis);
            }
        });
    }

    /** The inside of a JSON string, now and then longer than any buffer. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(random.nextInt(20) == 0 ? 6_000 : 30); length > 0; length--) {
            int codePoint = CODE_POINTS[random.nextInt(CODE_POINTS.length)];
            if (codePoint == '"' || codePoint == '\\') {
                text.append('\\');
            }
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }
}
