package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FILE SAVE and FILE UPLOAD. */
final class UploadTest extends ServerTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 1})
    void fileOfAnySizeArrives(int size) throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(size, size);
            JsonObject last = client.put("k", content);
            assertEquals(Content.md5(content), text(last, "md5"));
            assertArrayEquals(content, download(client, "k"));
        }
    }

    @Test
    void planSaysHowToSendTheFile() throws IOException {
        try (RawClient client = server.login("user")) {
            JsonObject plan = expect(200, client.ask("FILE SAVE", "{'key':'k','size':" + (2 * BLOCK + 1) + "}"));
            expectNames("SAVE", "FILE", plan);
            assertEquals("k", text(plan, "key"));
            assertEquals(2 * BLOCK + 1, number(plan, "size"));
            assertEquals(BLOCK, number(plan, "block_size"));
            assertEquals(3, number(plan, "total_block"));
            assertFalse(plan.has("md5"));
        }
    }

    @Test
    void emptyFileIsCompleteAtOnce() throws IOException {
        try (RawClient client = server.login("user")) {
            JsonObject plan = expect(200, client.ask("FILE SAVE", "{'key':'k','size':0}"));
            assertEquals(0, number(plan, "total_block"));
            assertEquals(Content.md5(new byte[0]), text(plan, "md5"));
            assertEquals(0, number(expect(200, client.ask("FILE GET", "{'key':'k'}")), "size"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'size':3}", "{'size':3,'key':null}", "{'size':3,'key':''}"})
    void saveWithoutAKeyMakesOne(String fields) throws IOException {
        try (RawClient client = server.login("user")) {
            String key = text(expect(200, client.ask("FILE SAVE", fields)), "key");
            expect(200, client.ask("FILE UPLOAD", "{'key':'" + key + "','block_index':0}", new byte[3]));
            expect(200, client.ask("FILE GET", "{'key':'" + key + "'}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'10'", "-1", "1.5", "null", "true", "[]", "{}", "1e3"})
    void saveWithABadSizeIs410(String size) throws IOException {
        try (RawClient client = server.login("user")) {
            expect(410, client.ask("FILE SAVE", "{'key':'k','size':" + size + "}"));
            expect(410, client.ask("FILE SAVE", "{'key':'k'}"));
        }
    }

    @Test
    void fileOfTooManyBlocksIs413ToThoseWhoKnowThat() throws IOException {
        try (RawClient old = server.login("user");
                RawClient extended = server.loginWithFeatures("user")) {
            for (String size : new String[] {"1180591620717411303424", "343597383681"}) {
                expect(410, old.ask("FILE SAVE", "{'key':'k','size':" + size + "}"));
                expect(413, extended.ask("FILE SAVE", "{'key':'k','size':" + size + "}"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../k", "a/../../k", "a/./b", "/etc/k", "a/..", "a\\u0000b", "a\\u007fb"})
    void keyThatCouldLeadElsewhereIs410(String key) throws IOException {
        try (RawClient client = server.login("user")) {
            expect(410, client.ask("FILE SAVE", "{'key':'" + key + "','size':3}"));
            expect(410, client.ask("DATA SAVE", "{'key':'" + key + "','a':3}"));
        }
    }

    @Test
    void keyThatIsHalfACharacterIsNoJsonText() throws IOException {
        try (RawClient client = server.login("user")) {
            expect(400, client.ask("FILE SAVE", "{'key':'\\ud800','size':3}"));
        }
    }

    @Test
    void keyOf1024BytesIsFineAndOneMoreIs410() throws IOException {
        try (RawClient client = server.login("user")) {
            String key = "\u6587".repeat(341) + "a";
            assertEquals(Content.md5(new byte[] {7}), text(client.put(key, new byte[] {7}), "md5"));
            expect(410, client.ask("FILE SAVE", "{'key':'" + key + "b','size':3}"));
        }
    }

    @Test
    void keyThatExistsIs402AndKeepsItsFile() throws IOException {
        try (RawClient client = server.login("user")) {
            client.put("k", new byte[] {1});
            expect(402, client.ask("FILE SAVE", "{'key':'k','size':5}"));
            JsonObject late = expect(402, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[] {2}));
            assertTrue(text(late, "status_msg").contains("completely uploaded"), late.toString());
            assertArrayEquals(new byte[] {1}, download(client, "k"));
        }
    }

    @Test
    void fileAndFolderOfOneNameCanBothExist() throws IOException {
        try (RawClient client = server.login("user")) {
            client.put("a", new byte[] {1});
            client.put("a/b", new byte[] {2});
            client.put("a/b/c", new byte[] {3});
            assertArrayEquals(new byte[] {1}, download(client, "a"));
            assertArrayEquals(new byte[] {2}, download(client, "a/b"));
            assertArrayEquals(new byte[] {3}, download(client, "a/b/c"));
        }
    }

    @Test
    void blockWithoutAPlanIs408() throws IOException {
        try (RawClient client = server.login("user")) {
            expect(408, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[3]));
        }
    }

    @Test
    void blockBeyondTheLastIs405AndANegativeOne410() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':3}");
            expect(405, client.ask("FILE UPLOAD", "{'key':'k','block_index':1}", new byte[3]));
            expect(405, client.ask("FILE UPLOAD", "{'key':'k','block_index':1180591620717411303424}", new byte[3]));
            expect(410, client.ask("FILE UPLOAD", "{'key':'k','block_index':-1}", new byte[3]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0'", "1.5", "null", "true", "[]", "{}"})
    void blockIndexOfAnotherKindIs410(String index) throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':3}");
            expect(410, client.ask("FILE UPLOAD", "{'key':'k','block_index':" + index + "}", new byte[3]));
            expect(410, client.ask("FILE UPLOAD", "{'key':'k'}", new byte[3]));
            expect(410, client.ask("FILE UPLOAD", "{'block_index':0}", new byte[3]));
        }
    }

    @Test
    void blockOfAnotherLengthIs406AndNothingIsWritten() throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(BLOCK + 10, 1);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            for (int length : new int[] {0, 1, BLOCK - 1, BLOCK + 1, 100_000}) {
                expect(406, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[length]));
            }
            expect(406, client.ask("FILE UPLOAD", "{'key':'k','block_index':1}", new byte[BLOCK]));
            client.putBlock("k", content, 0, BLOCK);
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 1, BLOCK), "md5"));
        }
    }

    @Test
    void blocksMayComeInAnyOrderAndRepeated() throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(4 * BLOCK + 7, 2);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            for (int index : new int[] {3, 1, 1, 4, 3, 0}) {
                JsonObject answer = expect(200, client.putBlock("k", content, index, BLOCK));
                assertEquals(index, number(answer, "block_index"));
                assertFalse(answer.has("md5"));
            }
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 2, BLOCK), "md5"));
        }
    }

    @Test
    void blockSentAgainWithOtherContentCounts() throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(2 * BLOCK, 3);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            client.putBlock("k", new byte[2 * BLOCK], 0, BLOCK);
            client.putBlock("k", content, 0, BLOCK);
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 1, BLOCK), "md5"));
            assertArrayEquals(content, download(client, "k"));
        }
    }

    @Test
    void savingAnUnfinishedKeyAgainStartsOver() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':" + 2 * BLOCK + "}");
            client.putBlock("k", new byte[2 * BLOCK], 0, BLOCK);
            byte[] content = Content.of(BLOCK + 1, 4);
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            assertFalse(client.putBlock("k", content, 1, BLOCK).has("md5"));
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 0, BLOCK), "md5"));
        }
    }

    @Test
    void blockSizeThatWasAskedForIsGranted() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] content = Content.of(2_500_000, 5);
            JsonObject plan = expect(200, client.ask("FILE SAVE", "{'key':'k','size':2500000,'block_size':1048576}"));
            assertEquals(1 << 20, number(plan, "block_size"));
            assertEquals(3, number(plan, "total_block"));
            for (int index = 0; index < 2; index++) {
                assertFalse(client.putBlock("k", content, index, 1 << 20).has("md5"));
            }
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 2, 1 << 20), "md5"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1048577", "'x'", "1180591620717411303424"})
    void blockSizeOutOfRangeIs410(String blockSize) throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("have", new byte[3]);
            expect(410, client.ask("FILE SAVE", "{'key':'k','size':3,'block_size':" + blockSize + "}"));
            expect(410, client.ask("FILE GET", "{'key':'have','block_size':" + blockSize + "}"));
            expect(410, client.ask("FILE DOWNLOAD", "{'key':'have','block_index':0,'block_size':" + blockSize + "}"));
        }
    }

    @Test
    void blockSizeInAnUploadMeansNothing() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':3,'block_index':null,'nonsense':[1]}");
            expect(200, client.ask("FILE UPLOAD", "{'key':'k','block_index':0,'block_size':'x','md5':7}", new byte[3]));
        }
    }

    @Test
    void connectionThatBreaksInsideABlockLosesNoEarlierBlock() throws IOException {
        byte[] content = Content.of(3 * BLOCK, 6);
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':" + content.length + "}");
            client.putBlock("k", content, 0, BLOCK);
            client.putBlock("k", content, 1, BLOCK);
            JsonObject request = RawClient.json("{'type':'FILE','operation':'UPLOAD','direction':'REQUEST',"
                    + "'key':'k','block_index':2,'token':'" + client.token() + "'}");
            byte[] frame = RawClient.frame(request.toString(), new byte[BLOCK]);
            client.sendRaw(Arrays.copyOf(frame, frame.length - 100));
        }
        try (RawClient client = server.login("user")) {
            assertEquals(Content.md5(content), text(client.putBlock("k", content, 2, BLOCK), "md5"));
        }
    }

    static byte[] download(RawClient client, String key) throws IOException {
        JsonObject plan = expect(200, client.ask("FILE GET", "{'key':'" + key + "'}"));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int index = 0; index < number(plan, "total_block"); index++) {
            JsonObject answer = client.ask("FILE DOWNLOAD", "{'key':'" + key + "','block_index':" + index + "}");
            expectNames("DOWNLOAD", "FILE", expect(200, answer));
            assertEquals(index, number(answer, "block_index"));
            assertEquals(client.binary().length, number(answer, "size"));
            content.write(client.binary());
        }
        assertEquals(Content.md5(content.toByteArray()), text(plan, "md5"));
        return content.toByteArray();
    }
}
