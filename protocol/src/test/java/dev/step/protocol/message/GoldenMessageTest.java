package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.frame.Frame;
import dev.step.protocol.frame.FrameReader;
import dev.step.protocol.frame.FrameWriter;
import dev.step.protocol.frame.MessageClock;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Messages byte for byte, as old peers made with Python send them. */
class GoldenMessageTest {
    private static final Key KEY = new Key("中文😀.txt");

    /** Counted in bytes: <code>{"operation": "LOGIN", …, "username": "7", "password": md5("7")}</code>. */
    private static final String LOGIN = """
            0000007f00000000
            7b226f7065726174696f6e223a20224c4f47494e222c2022646972656374696f6e223a202252455155455354222c20227479
            7065223a202241555448222c2022757365726e616d65223a202237222c202270617373776f7264223a202238663134653435
            66636565613136376135613336646564643462656132353433227d""";

    /** Counted in characters, 110 of them in 117 bytes: <code>…, "key": "中文😀.txt", "size": 5}</code>. */
    private static final String SAVE = """
            0000006e00000000
            7b226f7065726174696f6e223a202253415645222c2022646972656374696f6e223a202252455155455354222c2022747970
            65223a202246494c45222c2022746f6b656e223a2022644739725a5734222c20226b6579223a2022e4b8ade69687f09f9880
            2e747874222c202273697a65223a20357d""";

    /** Pure ASCII, with escapes and the plan's fields repeated: <code>…, "block_index": 0}hello</code>. */
    private static final String UPLOAD = """
            000000be00000005
            7b226f7065726174696f6e223a202255504c4f4144222c2022646972656374696f6e223a202252455155455354222c202274
            797065223a202246494c45222c2022746f6b656e223a2022644739725a5734222c20226b6579223a20225c75346532645c75
            363538375c75643833645c75646530302e747874222c202273697a65223a20352c2022626c6f636b5f73697a65223a203230
            3438302c2022746f74616c5f626c6f636b223a20312c2022626c6f636b5f696e646578223a20307d
            68656c6c6f""";

    /** Counted in characters, with a null that the operation does not use: <code>…, "md5": null}</code>. */
    private static final String DOWNLOAD = """
            0000008000000000
            7b226f7065726174696f6e223a2022444f574e4c4f4144222c2022646972656374696f6e223a202252455155455354222c20
            2274797065223a202246494c45222c2022746f6b656e223a2022644739725a5734222c20226b6579223a2022c3a9222c2022
            626c6f636b5f696e646578223a20302c20226d6435223a206e756c6c7d""";

    /** An old server's upload plan. */
    private static final String PLAN = """
            000000b500000000
            7b226f7065726174696f6e223a202253415645222c2022646972656374696f6e223a2022524553504f4e5345222c20227374
            61747573223a203230302c20227374617475735f6d7367223a202254686973206973207468652075706c6f616420706c616e
            2e222c202274797065223a202246494c45222c20226b6579223a202261222c202273697a65223a20352c2022746f74616c5f
            626c6f636b223a20312c2022626c6f636b5f73697a65223a2032303438307d""";

    @Test
    void conversationOfAnOldClientIsUnderstood() throws Exception {
        FrameReader reader = reader(LOGIN + SAVE + UPLOAD + DOWNLOAD);
        assertEquals(new Login("7", "8f14e45fceea167a5a36dedd4bea2543", Optional.empty()), request(reader));
        assertEquals(new SaveFile(Optional.of(KEY), 5, SaveOptions.NONE), request(reader));
        assertEquals(UploadBlock.plain(KEY, 0), request(reader));
        ByteBuffer block = ByteBuffer.allocate(5);
        reader.readBinary(block);
        assertArrayEquals("hello".getBytes(StandardCharsets.US_ASCII), block.array());
        assertEquals(DownloadBlock.plain(new Key("é"), 0), request(reader));
        assertNull(reader.next());
    }

    @Test
    void planOfAnOldServerIsUnderstood() throws Exception {
        Frame frame = reader(PLAN).next();
        assertNotNull(frame);
        Response response = Response.read(frame.fields());
        assertEquals("This is the upload plan.", response.message());
        assertEquals(
                new UploadPlan(new Key("a"), new BlockPlan(5, 20_480), Optional.empty(), Optional.empty(), List.of()),
                UploadPlan.read(response.fields()));
    }

    @Test
    void whatOldPeersGetIsThis() throws Exception {
        Pipe pipe = Pipe.open();
        Request request = DownloadBlock.plain(KEY, 0);
        new FrameWriter(pipe.sink())
                .write(
                        Response.granted(request, "OK", new BlockSent(KEY, 0, 5, OptionalInt.empty())),
                        ByteBuffer.wrap(hex("68656c6c6f")));
        pipe.sink().close();
        String expected =
                "\0\0\0\u009a\0\0\0\5{\"key\":\"\\u4e2d\\u6587\\ud83d\\ude00.txt\",\"block_index\":0,\"size\":5,"
                        + "\"operation\":\"DOWNLOAD\",\"direction\":\"RESPONSE\",\"type\":\"FILE\",\"status\":200,"
                        + "\"status_msg\":\"OK\"}hello";
        byte[] sent = Channels.newInputStream(pipe.source()).readAllBytes();
        assertEquals(expected, new String(sent, StandardCharsets.ISO_8859_1));
        pipe.source().close();
    }

    private static Request request(FrameReader reader) throws Exception {
        Frame frame = reader.next();
        assertNotNull(frame);
        return Request.read(Envelope.read(frame.fields()));
    }

    private static FrameReader reader(String message) {
        return FrameReader.ofRequests(
                Channels.newChannel(new ByteArrayInputStream(hex(message))), MessageClock.PATIENT);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
