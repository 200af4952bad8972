package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody sends by mistake. */
final class HostileInputTest extends ServerTest {
    /** Ways to say "elsewhere", for a server that would join, decode, normalise or cut what it is given. */
    private static final List<String> ELSEWHERE = List.of(
            "..",
            "../x",
            "../../x",
            "../../../../../../../../tmp/step-traversal",
            "a/../../x",
            "a/..",
            "./x",
            ".",
            "/x",
            "//x",
            "/tmp/step-traversal",
            "a//../x",
            "..\\\\x",
            "..\\\\..\\\\x",
            "C:\\\\x",
            "C:x",
            "\\\\\\\\server\\\\share",
            "%2e%2e/x",
            "%2e%2e%2fx",
            "..%2fx",
            "%252e%252e%252fx",
            "..%c0%afx",
            "..;/x",
            "....//x",
            ".../x",
            "..\u2215x",
            "\uff0e\uff0e/x",
            "\u2024\u2024/x",
            "..\u0000/x",
            "x\u0000.txt",
            "~/x",
            "$HOME/x",
            "a/../..//x",
            "x/",
            "x/.",
            "../accounts",
            "../catalogue",
            "../../format",
            "CON",
            "x:stream",
            "-rf",
            "a\nb",
            "\u202Etxt.exe");

    @Test
    void noSpellingOfAKeyLeavesTheUsersFolder() throws IOException {
        Path users = folder.resolve("store/users");
        try (RawClient client = server.login("alice")) {
            client.put("mine", new byte[] {1});
            TreeMap<String, String> before = outside(users);
            for (String key : ELSEWHERE) {
                tryToStore(client, key);
            }
            assertEquals(before, outside(users));
        }
        try (Stream<Path> homes = Files.list(users)) {
            assertEquals(1, homes.count());
        }
    }

    @Test
    void noSpellingOfAUserLeavesTheFolderOfUsers() throws IOException {
        Path users = folder.resolve("store/users");
        TreeMap<String, String> before = outside(users);
        int accepted = 0;
        for (String user : ELSEWHERE) {
            try (RawClient client = server.connect()) {
                JsonObject answer = client.ask(RawClient.loginFields(user));
                if (answer.get("status").getAsInt() == 200) {
                    client.useToken(text(answer, "token"));
                    expect(200, client.put("k", new byte[] {1}));
                    accepted++;
                }
            }
        }
        assertEquals(before, outside(users));
        try (Stream<Path> homes = Files.list(users)) {
            assertTrue(homes.allMatch(Files::isDirectory));
        }
        assertTrue(accepted > 0);
    }

    /** However it is answered, the connection goes on; what was stored is there under that key and no other. */
    private static void tryToStore(RawClient client, String key) throws IOException {
        JsonObject fields = new JsonObject();
        fields.addProperty("key", key);
        fields.addProperty("size", 1);
        int status = client.ask("FILE SAVE", fields.toString()).get("status").getAsInt();
        assertTrue(status == 200 || status == 410, key + ": " + status);
        if (status == 200) {
            fields.addProperty("block_index", 0);
            expect(200, client.ask("FILE UPLOAD", fields.toString(), (byte) 7));
            expect(200, client.ask("FILE GET", fields.toString()));
        }
        int value = client.ask("DATA SAVE", fields.toString()).get("status").getAsInt();
        assertEquals(status, value, key);
    }

    @Test
    void linkThatWasPlantedInTheStoreLeadsNowhere() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("secret"), "secret");
        try (RawClient client = server.login("alice")) {
            client.put("mine", new byte[] {1});
        }
        Path files;
        try (Stream<Path> all = Files.walk(folder.resolve("store/users"))) {
            files = all.filter(path -> path.endsWith("files")).findFirst().orElseThrow();
        }
        Files.createSymbolicLink(files.resolve("planted"), elsewhere);
        Files.createSymbolicLink(files.resolve("secret"), elsewhere.resolve("secret"));
        try (RawClient client = server.login("alice")) {
            for (String key : List.of("planted/new", "planted/secret", "secret", "planted")) {
                expect(404, client.ask("FILE GET", "{'key':'" + key + "'}"));
                expect(404, client.ask("FILE DOWNLOAD", "{'key':'" + key + "','block_index':0}"));
                JsonObject last = client.ask("FILE SAVE", "{'key':'" + key + "','size':1}");
                if (last.get("status").getAsInt() == 200) {
                    client.ask("FILE UPLOAD", "{'key':'" + key + "','block_index':0}", (byte) 7);
                }
            }
            expect(200, client.ask("FILE GET", "{'key':'mine'}"));
        }
        assertEquals("secret", Files.readString(elsewhere.resolve("secret")));
        try (Stream<Path> all = Files.list(elsewhere)) {
            assertEquals(1, all.count());
        }
    }

    /** Whose folders do not exist yet: the server would make them there. */
    @ParameterizedTest
    @ValueSource(strings = {"users/bob", "users/alice/data", "users/alice/files"})
    void linkInPlaceOfAFolderIsNotFollowed(String place) throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(elsewhere.resolve("a"));
        Files.writeString(elsewhere.resolve("a/old"), "secret");
        TreeMap<String, String> before = filesBelow(elsewhere);
        Path link = folder.resolve("store").resolve(place);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, elsewhere);
        for (String user : List.of("alice", "bob")) {
            try (RawClient client = server.login(user)) {
                client.ask("DATA SAVE", "{'key':'b/value','n':1}");
                client.ask("DATA DELETE", "{'key':'a/old'}");
                client.ask("FILE DELETE", "{'key':'a/old'}");
                client.ask("FILE SAVE", "{'key':'b/file','size':1}");
                client.ask("FILE UPLOAD", "{'key':'b/file','block_index':0}", (byte) 7);
                JsonObject old = client.ask("FILE GET", "{'key':'a/old'}");
                assertNotEquals(200, old.get("status").getAsInt(), old.toString());
            }
        }
        assertEquals(before, filesBelow(elsewhere));
        assertTrue(Files.isSymbolicLink(link));
    }

    private static TreeMap<String, String> filesBelow(Path top) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                found.put(path.toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    @Test
    void keysThatDifferInCaseOnlyAreDifferentFiles() throws IOException {
        try (RawClient client = server.login("alice")) {
            expect(200, client.put("mine", new byte[] {1}));
            expect(404, client.ask("FILE GET", "{'key':'MINE'}"));
            expect(200, client.put("MINE", new byte[] {2}));
            expect(200, client.ask("FILE DOWNLOAD", "{'key':'mine','block_index':0}"));
            assertArrayEquals(new byte[] {1}, client.binary());
        }
        try (RawClient client = server.login("ALICE")) {
            expect(404, client.ask("FILE GET", "{'key':'mine'}"));
        }
    }

    /** In a request that would be answered with 404 without them. */
    @Test
    void jsonBombsAreAnsweredAndTheConnectionGoesOn() throws IOException {
        int many = Limits.MAX_JSON_VALUES;
        List<String> bombs = List.of(
                "[".repeat(500_000),
                "{\"a\":".repeat(150_000),
                "[".repeat(65) + "]".repeat(65) + "}",
                "[" + "0,".repeat(many) + "0]}",
                "[" + "[],".repeat(many) + "0]}",
                "{" + "\"a\":1,".repeat(many) + "\"b\":1}}",
                "\"" + "\\u0000".repeat(170_000),
                "9".repeat(1_000_000) + "}",
                "1e" + "9".repeat(1_000_000) + "}",
                "-" + "0".repeat(1_000_000) + "}",
                "tru",
                "NaN}",
                "1}{}");
        List<String> noObjects = List.of("\ufeff{}", "{}{}".repeat(1_000), "\"" + "x".repeat(1_000_000) + "\"");
        try (RawClient client = server.login("alice")) {
            String request =
                    "{\"type\":\"FILE\",\"operation\":\"GET\",\"direction\":\"REQUEST\",\"key\":\"k\",\"token\":\""
                            + client.token() + "\",\"a\":";
            for (String bomb : bombs) {
                client.sendRaw(RawClient.frame(request + bomb));
                expect(400, client.answer());
            }
            for (String text : noObjects) {
                client.sendRaw(RawClient.frame(text));
                expect(400, client.answer());
            }
            client.sendRaw(RawClient.frame(request + "0}"));
            expect(404, client.answer());
        }
    }

    @Test
    void numbersBeyondReasonAreRefused() throws IOException {
        try (RawClient client = server.login("alice")) {
            for (String number : List.of(
                    "1e999999999", "-1", "0.5", "9223372036854775808", "9".repeat(100_000), "1e2", "true", "[]")) {
                expect(410, client.ask("FILE SAVE", "{'key':'k','size':" + number + "}"));
            }
            for (String number : List.of("1e999999999", "9223372036854775808", "2147483648", "4294967296", "-1")) {
                client.ask("FILE SAVE", "{'key':'k','size':30}");
                int status = client.ask("FILE UPLOAD", "{'key':'k','block_index':" + number + "}", new byte[30])
                        .get("status")
                        .getAsInt();
                assertTrue(status == 405 || status == 410, number + ": " + status);
            }
            expect(200, client.ask("DATA SAVE", "{'key':'k','n':1e999999999}"));
            assertEquals(
                    "1e999999999",
                    client.ask("DATA GET", "{'key':'k'}").get("n").getAsString());
        }
    }

    @Test
    void ofRepeatedNamesTheLastCounts() throws IOException {
        try (RawClient client = server.login("alice")) {
            String request =
                    "{\"type\":\"FILE\",\"operation\":\"DELETE\",\"operation\":\"GET\",\"direction\":\"REQUEST\","
                            + "\"token\":\"stolen\",\"token\":\"" + client.token() + "\",\"key\":\"a\",\"key\":\"b\"}";
            client.sendRaw(RawClient.frame(request));
            expectNames("GET", "FILE", expect(404, client.answer()));
        }
    }

    @Test
    void whatAnswersRepeatIsEscaped() throws IOException {
        try (RawClient client = server.connect()) {
            JsonObject request = new JsonObject();
            request.addProperty("type", "FILE");
            request.addProperty("direction", "REQUEST");
            request.addProperty("operation", "X\r\n2026-01-01 INFO all is well");
            client.sendRaw(RawClient.frame(request.toString()));
            expect(408, client.answer()); // which repeats it, in one line
        }
    }

    /** Every file below the test's folder with its content, but what users keep and what the server logs. */
    private TreeMap<String, String> outside(Path users) throws IOException {
        TreeMap<String, String> found = filesBelow(folder);
        found.keySet().removeIf(path -> path.startsWith(users + "/") || path.startsWith(folder + "/store/uploads/"));
        found.put("/tmp/step-traversal", String.valueOf(Files.exists(Path.of("/tmp/step-traversal"))));
        return found;
    }
}
