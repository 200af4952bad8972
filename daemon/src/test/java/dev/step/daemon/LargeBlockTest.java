package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static dev.step.daemon.ServerTest.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.store.DataBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DOWNLOADs of blocks that are so large that they are sent from their file, without being copied. */
@Timeout(120)
final class LargeBlockTest {
    private static final int BLOCK = 1 << 20;
    /** With a short block at the end, which is large, too. */
    private static final int SIZE = 3 * BLOCK - 500_000;
    /** So many blocks are more than the sockets of a connection can hold. */
    private static final int MORE_THAN_THE_LINE_HOLDS = 32;
    /** Not the server's own: to its own address nothing is sent so. */
    private static final String OTHER_ADDRESS = "127.0.0.2";
    /** A user may have a quarter of the 64 MiB of buffers. */
    private static final int MORE_THAN_A_USERS_BUFFERS = 20;

    @TempDir
    Path folder;

    private final byte[] content = Content.of(SIZE, 1);
    private RunningServer server;
    private RawClient client;

    @BeforeEach
    void store() throws IOException {
        server = RunningServer.on(folder.resolve("store"));
        client = login();
        put("k", content);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void everyBlockIsTheFilesAndSoIsItsChecksum() throws IOException {
        for (int index = 0; index < 3; index++) {
            byte[] block = block(content, index);
            JsonObject answer = expect(200, client.ask("FILE DOWNLOAD", request(index, ",'block_crc32c':true")));
            assertArrayEquals(block, client.binary());
            assertEquals(
                    String.format("%08x", DataBlock.checksum(ByteBuffer.wrap(block))), text(answer, "block_crc32c"));
            assertFalse(
                    expect(200, client.ask("FILE DOWNLOAD", request(index, ""))).has("block_crc32c"));
            assertArrayEquals(block, client.binary());
        }
    }

    @Test
    void blocksThatWereAskedForAheadComeInTheirOrder() throws IOException {
        for (int i = 0; i < MORE_THAN_THE_LINE_HOLDS; i++) {
            ask(client, i % 3);
            client.send("FILE GET", "{'key':'k'}");
        }
        for (int i = 0; i < MORE_THAN_THE_LINE_HOLDS; i++) {
            expect(200, client.answer());
            assertArrayEquals(block(content, i % 3), client.binary());
            assertEquals(SIZE, expect(200, client.answer()).get("size").getAsInt());
        }
    }

    @Test
    void fileThatIsReplacedWhileItIsSentIsNotMixedWithTheOther() throws IOException {
        byte[] other = Content.of(SIZE, 2);
        try (RawClient reader = login()) {
            String version = text(expect(200, reader.ask("FILE GET", "{'key':'k'}")), "version");
            for (int i = 0; i < MORE_THAN_THE_LINE_HOLDS; i++) {
                reader.send("FILE DOWNLOAD", request(1, ",'version':'" + version + "'"));
            }
            reader.answer(); // the server has begun, and cannot have ended
            put("k", other);
            int refused = 0;
            for (int i = 1; i < MORE_THAN_THE_LINE_HOLDS; i++) {
                if (status(reader.answer()) == 412) {
                    refused++;
                } else {
                    assertEquals(0, refused, "once it is replaced, it stays so");
                    assertArrayEquals(block(content, 1), reader.binary());
                }
            }
            assertTrue(refused > 0, "nothing was left to send when it was replaced");
            expect(200, reader.ask("FILE DOWNLOAD", request(1, "")));
            assertArrayEquals(block(other, 1), reader.binary());
        }
    }

    @Test
    void fileThatIsCutOffWhileItIsSentEndsTheConnection() throws IOException {
        try (RawClient reader = login()) {
            for (int i = 0; i < MORE_THAN_THE_LINE_HOLDS; i++) {
                ask(reader, 1);
            }
            reader.answer();
            for (Path file : contents()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(BLOCK);
                }
            }
            assertThrows(
                    IOException.class,
                    () -> { // the end, or a reset because of the requests that nobody reads any more
                        while (true) {
                            expect(200, reader.answer());
                            assertArrayEquals(block(content, 1), reader.binary());
                        }
                    });
        }
        expect(500, client.ask("FILE DOWNLOAD", request(1, ",'block_crc32c':true")));
        put("other", content);
    }

    @Test
    void readersThatAreSlowHoldNoBuffers() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_A_USERS_BUFFERS; i++) {
                RawClient reader = login();
                slow.add(reader);
                for (int j = 0; j < MORE_THAN_THE_LINE_HOLDS; j++) {
                    ask(reader, 1);
                }
                reader.answer();
            }
            expect(200, client.ask("FILE DOWNLOAD", request(1, ",'block_crc32c':true")));
            put("other", content);
        } finally {
            for (RawClient reader : slow) {
                reader.close();
            }
        }
    }

    @Test
    void serverStopsWhileNobodyTakesItsBlocks() throws IOException {
        for (int i = 0; i < MORE_THAN_THE_LINE_HOLDS; i++) {
            ask(client, 0);
        }
        client.answer();
        server.close();
        assertThrows(IOException.class, () -> {
            while (true) {
                client.answer();
            }
        });
    }

    private RawClient login() throws IOException {
        RawClient reader = RawClient.connectFrom(InetAddress.getByName(OTHER_ADDRESS), server.address());
        reader.loginWithFeatures("user");
        return reader;
    }

    private static void ask(RawClient reader, int index) throws IOException {
        reader.send("FILE DOWNLOAD", request(index, ""));
    }

    private static String request(int index, String more) {
        return "{'key':'k','block_index':" + index + ",'block_size':" + BLOCK + more + "}";
    }

    private static int status(JsonObject answer) {
        return answer.get("status").getAsInt();
    }

    private static byte[] block(byte[] of, int index) {
        return Arrays.copyOfRange(of, index * BLOCK, Math.min(SIZE, (index + 1) * BLOCK));
    }

    private void put(String key, byte[] bytes) throws IOException {
        String save = "{'key':'" + key + "','size':" + SIZE + ",'block_size':" + BLOCK + ",'replace':true}";
        expect(200, client.ask("FILE SAVE", save));
        for (int index = 0; index < 3; index++) {
            expect(200, client.putBlock(key, bytes, index, BLOCK));
        }
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() == SIZE)
                    .toList();
        }
    }
}
