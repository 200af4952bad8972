package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FILE GET with a key, FILE DOWNLOAD and FILE DELETE. */
final class DownloadTest extends ServerTest {
    @Test
    void planSaysHowToFetchTheFile() throws IOException {
        try (RawClient client = server.login("user")) {
            byte[] content = Content.of(BLOCK + 1, 1);
            client.put("k", content);
            JsonObject plan = expect(200, client.ask("FILE GET", "{'key':'k','size':null,'block_index':null}"));
            expectNames("GET", "FILE", plan);
            assertEquals("k", text(plan, "key"));
            assertEquals(BLOCK + 1, number(plan, "size"));
            assertEquals(BLOCK, number(plan, "block_size"));
            assertEquals(2, number(plan, "total_block"));
            assertEquals(Content.md5(content), text(plan, "md5"));
        }
    }

    @Test
    void blockSizeThatWasAskedForCountsTheBlocks() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            byte[] content = Content.of(100_000, 2);
            client.put("k", content);
            JsonObject plan = expect(200, client.ask("FILE GET", "{'key':'k','block_size':30000}"));
            assertEquals(4, number(plan, "total_block"));
            expect(200, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':3,'block_size':30000}"));
            assertArrayEquals(Arrays.copyOfRange(content, 90_000, 100_000), client.binary());
            expect(405, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':4,'block_size':30000}"));
        }
    }

    @Test
    void keyThatIsNotThereIs404() throws IOException {
        try (RawClient client = server.login("user")) {
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(404, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':0}"));
            expect(404, client.ask("FILE DELETE", "{'key':'k'}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[]", "{}", "true", "''"})
    void keyOfAnotherKindIs410(String key) throws IOException {
        try (RawClient client = server.login("user")) {
            expect(410, client.ask("FILE GET", "{'key':" + key + "}"));
            expect(410, client.ask("FILE DOWNLOAD", "{'block_index':0,'key':" + key + "}"));
            expect(410, client.ask("FILE DELETE", "{'key':" + key + "}"));
            expect(410, client.ask("FILE DELETE", "{}"));
        }
    }

    @Test
    void badBlockIndexIsRefused() throws IOException {
        try (RawClient client = server.login("user")) {
            client.put("k", new byte[10]);
            expect(405, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':1}"));
            expect(405, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':1180591620717411303424}"));
            expect(410, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':-1}"));
            expect(410, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':1.5}"));
            expect(410, client.ask("FILE DOWNLOAD", "{'key':'k'}"));
        }
    }

    @Test
    void unfinishedFileIs404AndDeletingItDiscardsIt() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("FILE SAVE", "{'key':'k','size':10}");
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(404, client.ask("FILE DOWNLOAD", "{'key':'k','block_index':0}"));
            expect(404, client.ask("FILE DELETE", "{'key':'k'}"));
            expect(408, client.ask("FILE UPLOAD", "{'key':'k','block_index':0}", new byte[10]));
        }
    }

    @Test
    void deletedFileIsGoneAndItsKeyIsFree() throws IOException {
        try (RawClient client = server.login("user")) {
            client.put("k", new byte[10]);
            JsonObject answer = expect(200, client.ask("FILE DELETE", "{'key':'k'}"));
            expectNames("DELETE", "FILE", answer);
            assertEquals("k", text(answer, "key"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            client.put("k", new byte[] {1, 2});
            assertArrayEquals(new byte[] {1, 2}, UploadTest.download(client, "k"));
        }
    }

    @Test
    void fileThatWasStoredBetweenTwoBlocksIsNotMixedIn() throws IOException {
        try (RawClient reader = server.login("user");
                RawClient writer = server.login("user")) {
            byte[] old = Content.of(2 * BLOCK, 3);
            byte[] recent = Content.of(2 * BLOCK, 4);
            writer.put("k", old);
            reader.ask("FILE DOWNLOAD", "{'key':'k','block_index':0}");
            assertArrayEquals(Arrays.copyOf(old, BLOCK), reader.binary());
            writer.ask("FILE DELETE", "{'key':'k'}");
            writer.put("k", recent);
            reader.ask("FILE DOWNLOAD", "{'key':'k','block_index':1}");
            assertArrayEquals(Arrays.copyOfRange(recent, BLOCK, 2 * BLOCK), reader.binary());
        }
    }

    @Test
    void fileIsThereAfterARestartOfTheServer() throws IOException {
        byte[] content = Content.of(50_000, 5);
        try (RawClient client = server.login("user")) {
            client.put("k", content);
        }
        server.close();
        startServer();
        try (RawClient client = server.login("user")) {
            assertArrayEquals(content, UploadTest.download(client, "k"));
        }
    }
}
