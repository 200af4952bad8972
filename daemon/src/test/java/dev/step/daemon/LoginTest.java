package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LOGIN, and what its tokens are good for, with open login. */
final class LoginTest extends ServerTest {
    @Test
    void passwordDigestMayBeInEitherCase() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject login = RawClient.loginFields("user");
            login.addProperty("password", text(login, "password").toUpperCase(Locale.ROOT));
            expectNames("LOGIN", "AUTH", expect(200, client.ask(login)));
        }
    }

    @Test
    void wrongPasswordIs401() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject login = RawClient.loginFields("user");
            login.addProperty("password", Digest.md5Hex("other"));
            expectNames("LOGIN", "AUTH", expect(401, client.ask(login)));
        }
    }

    @Test
    void loginOfAnotherTypeIs409() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject login = RawClient.loginFields("user");
            login.addProperty("type", "FILE");
            expectNames("LOGIN", "AUTH", expect(409, client.ask(login)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password"})
    void loginWithoutOrWithABadFieldIs410(String field) throws IOException {
        try (RawClient client = server.connect()) {
            List<JsonElement> bad = List.of(JsonNull.INSTANCE, new JsonPrimitive(7), new JsonObject());
            for (JsonElement value : bad) {
                JsonObject login = RawClient.loginFields("user");
                login.add(field, value);
                expect(410, client.ask(login));
            }
            JsonObject login = RawClient.loginFields("user");
            login.remove(field);
            expect(410, client.ask(login));
        }
    }

    @Test
    void userNameBeyondTheLimitIs410() throws IOException {
        try (RawClient client = server.connect()) {
            expect(410, client.ask(RawClient.loginFields("u".repeat(129))));
            expect(410, client.ask(RawClient.loginFields("a\u0001b")));
            expect(200, client.ask(RawClient.loginFields("u".repeat(128))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "a.b", "", "\u6587"})
    void oldClientGetsTheTokenItCanRebuild(String user) throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject answer = expect(200, client.ask(RawClient.loginFields(user)));
            String token = new String(Base64.getDecoder().decode(text(answer, "token")), StandardCharsets.UTF_8);
            int end = token.lastIndexOf('.');
            String head = token.substring(0, end);
            assertTrue(head.matches(user.replace('.', '_') + "\\.\\d{14}\\.login"), head);
            assertEquals(Digest.md5Hex(head + "kjh20)*(1"), token.substring(end + 1));
            assertFalse(answer.has("features") || answer.has("server") || answer.has("max_block_size"));
        }
    }

    @Test
    void clientThatNamesFeaturesIsToldOurs() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject answer = client.loginWithFeatures("user");
            assertTrue(text(answer, "server").startsWith("step-server/"), answer.toString());
            assertEquals(1 << 20, number(answer, "max_block_size"));
            assertTrue(answer.getAsJsonArray("features").contains(new JsonPrimitive("list")));
        }
    }

    @Test
    void bothKindsOfTokenNameTheSameUser() throws IOException {
        try (RawClient old = server.login("a.b");
                RawClient extended = server.loginWithFeatures("a_b")) {
            old.put("k", new byte[] {1});
            expect(200, extended.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void tokenYearsOldIsStillGood() throws IOException {
        try (RawClient client = server.connect()) {
            client.useToken(legacyToken("XiaXi", "20210101000000"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void tokenWorksOnAnotherConnection() throws IOException {
        try (RawClient first = server.login("user");
                RawClient second = server.connect()) {
            second.useToken(first.token());
            expect(404, second.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void tokenThatIsMissingOrNoStringIs403() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject request = RawClient.json("{'type':'FILE','operation':'GET','direction':'REQUEST','key':'k'}");
            expectNames("GET", "AUTH", expect(403, client.ask(request)));
            List<JsonElement> bad = List.of(JsonNull.INSTANCE, new JsonPrimitive(7), new JsonObject());
            for (JsonElement value : bad) {
                request.add("token", value);
                expectNames("GET", "AUTH", expect(403, client.ask(request)));
            }
        }
    }

    @Test
    void tokenThatIsNotExactlyOursIs403() throws IOException {
        try (RawClient old = server.login("user");
                RawClient extended = server.loginWithFeatures("user")) {
            List<String> wrong = new ArrayList<>(List.of(
                    "",
                    "!!!",
                    "S1.",
                    "S1.AAAA",
                    "a.b.c.d",
                    base64("user.20210101000000.login." + Digest.md5Hex("user")),
                    base64("user.20210101000000.login"),
                    base64("user.today.login." + Digest.md5Hex("user.today.loginkjh20)*(1"))));
            for (String good : List.of(old.token(), extended.token())) {
                wrong.add(good + "=");
                wrong.add(good + "A");
                wrong.add(good.substring(0, good.length() - 1));
                for (int i = 0; i < good.length(); i++) {
                    char other = good.charAt(i) == 'A' ? 'B' : 'A';
                    wrong.add(good.substring(0, i) + other + good.substring(i + 1));
                }
            }
            for (String token : wrong) {
                old.useToken(token);
                expectNames("GET", "AUTH", expect(403, old.ask("FILE GET", "{'key':'k'}")));
            }
        }
    }

    @Test
    void tokenOfAnotherServerIs403() throws IOException {
        String token;
        try (RawClient client = server.loginWithFeatures("user")) {
            token = client.token();
        }
        try (RunningServer other = RunningServer.on(folder.resolve("other"));
                RawClient client = other.connect()) {
            client.useToken(token);
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void usersDoNotSeeEachOther() throws IOException {
        try (RawClient one = server.login("one");
                RawClient two = server.login("two")) {
            one.put("k", new byte[] {1});
            expect(200, one.ask("DATA SAVE", "{'key':'k','a':1}"));
            expect(404, two.ask("FILE GET", "{'key':'k'}"));
            expect(404, two.ask("FILE DOWNLOAD", "{'key':'k','block_index':0}"));
            expect(404, two.ask("FILE DELETE", "{'key':'k'}"));
            expect(404, two.ask("DATA GET", "{'key':'k'}"));
            expect(404, two.ask("DATA DELETE", "{'key':'k'}"));
            assertTrue(two.ask("FILE GET", "{}").getAsJsonArray("file_list").isEmpty());
            expect(200, one.ask("FILE GET", "{'key':'k'}"));
        }
    }

    private static String legacyToken(String user, String stamp) {
        String head = user + "." + stamp + ".login";
        return base64(head + "." + Digest.md5Hex(head + "kjh20)*(1"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
