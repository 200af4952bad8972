package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FILE UPLOAD of a file that comes whole, which was not announced. */
final class WholeUploadTest extends ServerTest {
    private static final int MANY = 50;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK, BLOCK + 1, 1 << 20})
    void aFileOfAnySizeUpToTheLargestBlockArrives(int size) throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] content = Content.of(size, size);
            JsonObject answer = expect(200, client.ask("FILE UPLOAD", whole("k", content, ""), content));
            expectNames("UPLOAD", "FILE", answer);
            assertEquals("k", text(answer, "key"));
            assertEquals(0, number(answer, "block_index"));
            assertEquals(Content.md5(content), text(answer, "md5"));
            assertArrayEquals(content, get(client, "k", size));
        }
    }

    @Test
    void oneThatIsTooLongHasToBeAnnounced() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] content = new byte[(1 << 20) + 1];
            expect(406, client.ask("FILE UPLOAD", whole("k", content, ""), content));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void whatIsThereIsReplacedOnlyOnRequest() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", new byte[] {1});
            byte[] content = {2, 3};
            expect(402, client.ask("FILE UPLOAD", whole("k", content, ""), content));
            assertArrayEquals(new byte[] {1}, get(client, "k", 1));
            expect(200, client.ask("FILE UPLOAD", whole("k", content, ",'replace':true"), content));
            assertArrayEquals(content, get(client, "k", 2));
        }
    }

    @Test
    void damagedContentIsRefused() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] content = {1, 2, 3};
            expect(412, client.ask("FILE UPLOAD", whole("k", content, ""), new byte[] {1, 2, 4}));
            expect(412, client.ask("FILE UPLOAD", whole("k", content, ""), new byte[] {1, 2}));
            expect(406, client.ask("FILE UPLOAD", whole("k", content, ",'block_crc32c':'00000000'"), content));
            expect(410, client.ask("FILE UPLOAD", "{'key':'k','whole':true}", content));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void anUnfinishedUploadOfTheKeyEnds() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(200, client.ask("FILE SAVE", "{'key':'k','size':" + 2 * BLOCK + "}"));
            client.putBlock("k", new byte[2 * BLOCK], 0, BLOCK);
            byte[] content = {1};
            expect(200, client.ask("FILE UPLOAD", whole("k", content, ""), content));
            expect(408, client.putBlock("k", new byte[2 * BLOCK], 1, BLOCK));
            assertArrayEquals(content, get(client, "k", 1));
        }
    }

    @Test
    void manyAtOnceAreAnsweredInTheirOrderAmongOtherRequests() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] wrong = {9};
            for (int i = 0; i < MANY; i++) {
                byte[] content = {(byte) i};
                client.send("FILE UPLOAD", whole("k" + i, content, ""), i % 10 == 7 ? wrong : content);
                if (i % 5 == 0) {
                    client.send("FILE GET", "{'key':'k" + i + "'}");
                }
            }
            for (int i = 0; i < MANY; i++) {
                JsonObject answer = expect(i % 10 == 7 ? 412 : 200, client.answer());
                if (i % 10 != 7) {
                    assertEquals("k" + i, text(answer, "key"));
                }
                if (i % 5 == 0) {
                    expectNames("GET", "FILE", expect(200, client.answer()));
                }
            }
            assertEquals(List.of(), whatLiesAmongTheUploads());
        }
    }

    @Test
    void aRefusalTakesNothingOfTheRequestsBehindIt() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] blocks = Content.of(MANY * BLOCK, 1);
            expect(200, client.ask("FILE SAVE", "{'key':'large','size':" + blocks.length + "}"));
            for (int i = 0; i < MANY; i++) {
                client.send("FILE UPLOAD", whole("k" + i, new byte[] {2}, ""), (byte) 2);
                client.send("FILE UPLOAD", whole("k" + i, new byte[] {2}, ""), (byte) 2);
                byte[] block = Arrays.copyOfRange(blocks, i * BLOCK, (i + 1) * BLOCK);
                client.send("FILE UPLOAD", "{'key':'large','block_index':" + i + "}", block);
            }
            for (int i = 0; i < MANY; i++) {
                expect(200, client.answer());
                expect(402, client.answer());
                assertEquals(i, number(expect(200, client.answer()), "block_index"));
            }
            assertArrayEquals(blocks, UploadTest.download(client, "large"));
        }
    }

    @Test
    void eachUserOfAConnectionGetsTheirOwn() throws IOException {
        try (RawClient client = server.loginWithFeatures("ann");
                RawClient other = server.loginWithFeatures("bob")) {
            String ann = client.token();
            byte[] content = {1};
            for (int i = 0; i < 6; i++) {
                client.useToken(i % 2 == 0 ? ann : other.token());
                client.send("FILE UPLOAD", whole("k" + i, content, ""), content);
            }
            for (int i = 0; i < 6; i++) {
                assertEquals("k" + i, text(expect(200, client.answer()), "key"));
            }
            client.useToken(ann);
            assertEquals(
                    "[\"k0\",\"k2\",\"k4\"]",
                    client.ask("FILE GET", "{}").get("file_list").toString());
        }
    }

    @Test
    void aClientThatLeavesAtOnceLeavesNothingHalf() throws IOException {
        byte[] content = {1};
        try (RawClient client = server.loginWithFeatures("user")) {
            for (int i = 0; i < MANY; i++) {
                client.send("FILE UPLOAD", whole("k" + i, content, ""), content);
            }
            client.sendRaw(new byte[] {0, 0, 0});
        }
        server.close(); // waits for what is being answered
        assertEquals(List.of(), whatLiesAmongTheUploads());
        server = RunningServer.on(folder.resolve("store"));
        try (RawClient client = server.loginWithFeatures("user")) {
            for (int i = 0; i < MANY; i++) {
                int status = client.ask("FILE GET", "{'key':'k" + i + "'}")
                        .get("status")
                        .getAsInt();
                assertTrue(status == 404 || get(client, "k" + i, 1)[0] == 1, "k" + i);
            }
        }
    }

    private static String whole(String key, byte[] content, String more) {
        return "{'key':'" + key + "','whole':true,'expected_md5':'" + Content.md5(content) + "'" + more + "}";
    }

    private static byte[] get(RawClient client, String key, int size) throws IOException {
        assertEquals(size, number(expect(200, client.ask("FILE GET", "{'key':'" + key + "'}")), "size"));
        byte[] content = new byte[size];
        for (int index : IntStream.range(0, (size + BLOCK - 1) / BLOCK).toArray()) {
            expect(200, client.ask("FILE DOWNLOAD", "{'key':'" + key + "','block_index':" + index + "}"));
            System.arraycopy(client.binary(), 0, content, index * BLOCK, client.binary().length);
        }
        return content;
    }

    private List<Path> whatLiesAmongTheUploads() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("store/uploads"))) {
            return found.toList();
        }
    }
}
