package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DATA SAVE, GET and DELETE. */
final class DataTest extends ServerTest {
    @Test
    void valueComesBackExactlyAsItWas() throws IOException {
        try (RawClient client = server.login("user")) {
            String fields = "'colour':'red','n':12345678901234567890.10,'none':null,'size':'big','block_size':7,"
                    + "'deep':{'list':[1,null,true,'\u6587\\ud83d\\ude00']},'username':'u','md5':3";
            expectNames("SAVE", "DATA", expect(200, client.ask("DATA SAVE", "{'key':'k'," + fields + "}")));
            JsonObject value = expect(200, client.ask("DATA GET", "{'key':'k'}"));
            expectNames("GET", "DATA", value);
            assertEquals("k", text(value, "key"));
            RawClient.json("{" + fields + "}").entrySet().forEach(field -> {
                assertEquals(field.getValue(), value.get(field.getKey()), field.getKey());
            });
        }
    }

    @Test
    void longestValueComesBackThoughItIsLongerInAscii() throws IOException {
        try (RawClient client = server.login("user")) {
            String request =
                    "{\"type\":\"DATA\",\"operation\":\"SAVE\",\"direction\":\"REQUEST\",\"key\":\"k\",\"token\":\""
                            + client.token() + "\",\"a\":\"%s\"}";
            String text = "\u00e9".repeat((Limits.MAX_JSON_BYTES - request.length()) / 2);
            client.sendRaw(RawClient.frame(request.formatted(text)));
            expect(200, client.answer());
            JsonObject value = expect(200, client.ask("DATA GET", "{'key':'k'}"));
            assertEquals(text, text(value, "a"));
            assertTrue(Json.encode(value).length <= Limits.MAX_RESPONSE_JSON_BYTES);
        }
    }

    @Test
    void tokenOfTheSaverIsNotPartOfTheValue() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("DATA SAVE", "{'key':'k','a':1,'status':5,'status_msg':'x'}");
            JsonObject value = expect(200, client.ask("DATA GET", "{'key':'k'}"));
            assertFalse(value.has("token"));
        }
    }

    @Test
    void keyThatExistsIs402AndKeepsItsValue() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("DATA SAVE", "{'key':'k','a':1}");
            expect(402, client.ask("DATA SAVE", "{'key':'k','a':2}"));
            assertEquals(1, number(client.ask("DATA GET", "{'key':'k'}"), "a"));
        }
    }

    @Test
    void saveWithoutAKeyMakesOne() throws IOException {
        try (RawClient client = server.login("user")) {
            String key = text(expect(200, client.ask("DATA SAVE", "{'a':1}")), "key");
            assertEquals(1, number(expect(200, client.ask("DATA GET", "{'key':'" + key + "'}")), "a"));
        }
    }

    @Test
    void deletedValueIsGone() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("DATA SAVE", "{'key':'k','a':1}");
            assertEquals("k", text(expect(200, client.ask("DATA DELETE", "{'key':'k'}")), "key"));
            expect(404, client.ask("DATA DELETE", "{'key':'k'}"));
            expect(404, client.ask("DATA GET", "{'key':'k'}"));
            expect(410, client.ask("DATA DELETE", "{}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPLOAD", "DOWNLOAD", "STATUS", "MOVE", "COPY"})
    void operationThatDoesNotFitDataIs408(String operation) throws IOException {
        try (RawClient client = server.login("user")) {
            expectNames(operation, "DATA", expect(408, client.ask("DATA " + operation, "{'key':'k'}")));
        }
    }

    @Test
    void keysAreListedInTheOrderOfTheirBytes() throws IOException {
        try (RawClient client = server.loginWithFeatures("user")) {
            for (String key : new String[] {"b", "a/b", "\u6587", "a", "B"}) {
                client.ask("DATA SAVE", "{'key':'" + key + "','x':1}");
            }
            JsonArray keys = expect(200, client.ask("DATA GET", "{}")).getAsJsonArray("data_list");
            assertEquals("[\"B\",\"a\",\"a/b\",\"b\",\"\u6587\"]", keys.toString());
            JsonObject page = client.ask("DATA GET", "{'delimiter':'/','prefix':'a','limit':2}");
            assertEquals("[\"a\",\"a/b\"]", page.getAsJsonArray("data_list").toString());
        }
    }

    @Test
    void valueIsThereAfterARestartOfTheServer() throws IOException {
        try (RawClient client = server.login("user")) {
            client.ask("DATA SAVE", "{'key':'a b/\u6587','a':1}");
        }
        server.close();
        startServer();
        try (RawClient client = server.login("user")) {
            assertEquals(1, number(expect(200, client.ask("DATA GET", "{'key':'a b/\u6587'}")), "a"));
        }
    }
}
