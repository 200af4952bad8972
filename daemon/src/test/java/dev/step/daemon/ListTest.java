package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** FILE GET without a key. */
final class ListTest extends ServerTest {
    @Test
    void onlyFinishedFilesAreListedInTheOrderOfTheirBytes() throws IOException {
        try (RawClient client = server.login("user")) {
            for (String key : new String[] {"b", "a/b", "\u6587", "a", "B"}) {
                client.put(key, new byte[] {1});
            }
            client.ask("FILE SAVE", "{'key':'unfinished','size':3}");
            JsonObject list = expect(200, client.ask("FILE GET", "{}"));
            assertEquals(
                    "[\"B\",\"a\",\"a/b\",\"b\",\"\u6587\"]",
                    list.getAsJsonArray("file_list").toString());
            assertFalse(list.has("after"));
        }
    }

    @Test
    void pagesFollowOneAnother() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            for (int i = 0; i < 5; i++) {
                client.put("k" + i, new byte[] {1});
            }
            JsonObject first = expect(200, client.ask("FILE GET", "{'limit':2}"));
            assertEquals("[\"k0\",\"k1\"]", first.getAsJsonArray("file_list").toString());
            JsonObject second = client.ask("FILE GET", "{'limit':3,'after':'" + text(first, "after") + "'}");
            assertEquals(
                    "[\"k2\",\"k3\",\"k4\"]", second.getAsJsonArray("file_list").toString());
            assertFalse(second.has("after"));
        }
    }

    @Test
    void delimiterGathersFolders() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            for (String key : new String[] {"a", "a/1", "a/2/3", "b/1", "c"}) {
                client.put(key, new byte[] {1});
            }
            JsonObject top = expect(200, client.ask("FILE GET", "{'delimiter':'/'}"));
            assertEquals("[\"a\",\"c\"]", top.getAsJsonArray("file_list").toString());
            assertEquals("[\"a/\",\"b/\"]", top.getAsJsonArray("folders").toString());
            JsonObject inside = client.ask("FILE GET", "{'delimiter':'/','prefix':'a/'}");
            assertEquals("[\"a/1\"]", inside.getAsJsonArray("file_list").toString());
            assertEquals("[\"a/2/\"]", inside.getAsJsonArray("folders").toString());
        }
    }

    @Test
    void detailTellsSizeTimeAndDigest() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            client.put("k", new byte[] {1, 2, 3});
            JsonObject list = expect(200, client.ask("FILE GET", "{'detail':true}"));
            JsonObject file = list.getAsJsonArray("files").get(0).getAsJsonObject();
            assertEquals("k", text(file, "key"));
            assertEquals(3, number(file, "size"));
            assertEquals(Content.md5(new byte[] {1, 2, 3}), text(file, "md5"));
            assertEquals(1, Long.signum(file.get("modified").getAsLong()));
        }
    }

    @Test
    void limitThatMakesNoSenseIs410() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            expect(410, client.ask("FILE GET", "{'limit':0}"));
            expect(410, client.ask("FILE GET", "{'limit':'many'}"));
        }
    }
}
