package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.protocol.frame.Json;
import dev.step.shell.command.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What commands print, in each of the forms that can be asked for. */
@Timeout(60)
class OutputTest {
    @TempDir
    Path folder;

    private TestShell shell;

    @BeforeEach
    void start() throws IOException {
        shell = TestShell.in(folder);
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void jsonIsOneObjectInEachLine() throws Exception {
        shell.file("a", "hello");
        shell.run(
                "set json on",
                "put a",
                "put a",
                "verify a",
                "get a b",
                "info a",
                "ls",
                "data save v n=1",
                "data get v",
                "data ls",
                "whoami",
                "lls",
                "lpwd",
                "set quiet",
                "cat a",
                "rm a",
                "help");
        List<JsonObject> objects =
                shell.out().stream().map(line -> Json.parse(line).orElseThrow()).toList();
        assertEquals(List.of(), shell.err());
        String md5 = "5d41402abc4b2a76b9719d911017c592";
        assertEquals("sent", text(objects.get(0), "result"));
        assertEquals(md5, text(objects.get(0), "md5"));
        assertEquals(folder.resolve("a").toString(), text(objects.get(0), "file"));
        assertEquals(5, objects.get(0).get("size").getAsInt());
        assertTrue(objects.get(0).get("seconds").getAsDouble() >= 0);
        assertEquals(1, objects.get(0).get("connections").getAsInt());
        assertEquals("already there", text(objects.get(1), "result"));
        assertEquals("equal", text(objects.get(2), "result"));
        assertEquals("fetched", text(objects.get(3), "result"));
        assertEquals(
                "{\"key\":\"a\",\"size\":5,\"md5\":\"" + md5 + "\"}",
                shell.out().get(4));
        assertEquals("1970-01-01T00:00:00Z", text(objects.get(5), "modified"));
        assertEquals("{\"key\":\"v\",\"result\":\"saved\"}", shell.out().get(6));
        assertEquals("{\"key\":\"v\",\"value\":{\"n\":\"1\"}}", shell.out().get(7));
        assertTrue(shell.outText().contains("{\"setting\":\"quiet\",\"value\":\"off\"}\n"), shell.outText());
        assertTrue(shell.outText()
                .contains("{\"key\":\"a\",\"offset\":0,\"base64\":\""
                        + Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whoamiAndInfoTellWhatOneHas() throws Exception {
        shell.file("a", "hello");
        shell.run("put --quiet a", "whoami", "info", "info --json");
        assertEquals(List.of(), shell.err());
        assertTrue(shell.out().get(0).endsWith("  1 file, 5 B"), shell.outText());
        assertEquals("1 file, 5 B", shell.out().get(1));
        assertEquals(
                "{\"files\":1,\"used_bytes\":5,\"pending_bytes\":0}",
                shell.out().get(2));
    }

    @Test
    void jsonTellsWhoIsWhereAfterAChange() {
        String address = shell.server.address().toString();
        assertEquals(ExitStatus.OK, shell.run("connect --json " + address, "login --json", "login"));
        assertEquals(
                List.of(
                        "{\"address\":\"" + address + "\",\"result\":\"connected\"}",
                        "{\"user\":\"alice\",\"address\":\"" + address + "\",\"result\":\"logged in\"}"),
                shell.out());
        assertEquals(List.of("logged in to " + address + " as alice"), shell.err());
    }

    @Test
    void jsonTellsOfWhatFailedToo() {
        assertEquals(ExitStatus.NOT_FOUND, shell.run("rm --json none"));
        assertEquals(
                List.of("{\"key\":\"none\",\"status\":6,\"error\":\"key none is not on the server\"}"), shell.out());
        assertEquals(List.of("line 1: rm: key none is not on the server"), shell.err());
    }

    @Test
    void jsonIsPureAscii() throws Exception {
        shell.file("\u6771", "x");
        shell.run("put --json *");
        assertTrue(
                shell.out().get(0).contains("{\"key\":\"\\u6771\",")
                        || shell.out().isEmpty(),
                shell.outText());
    }

    @Test
    void quietSaysNothingAboutWhatSimplyWorked() throws Exception {
        shell.file("a", "hello");
        assertEquals(
                ExitStatus.OK,
                shell.run("put --quiet a", "set quiet on", "verify a", "get a b", "login", "cat a", "rm a"));
        assertEquals("hello", shell.outText());
        assertEquals(List.of(), shell.err());
        assertEquals(ExitStatus.NOT_FOUND, shell.run("get --quiet none"));
        assertEquals(1, shell.err().size());
    }

    @Test
    void catWritesWhatTheKeysHold() {
        shell.server.files.put("a", "one\n".getBytes(StandardCharsets.UTF_8));
        shell.server.files.put("b", "two\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("cat a none b"));
        assertEquals("one\ntwo\n", shell.outText());
        assertEquals(List.of("line 1: cat: key none is not on the server"), shell.err());
    }

    @Test
    void listingsAreSortedAsAsked() {
        shell.server.files.put("large", new byte[300]);
        shell.server.files.put("middle", new byte[20]);
        shell.server.files.put("small", new byte[1]);
        shell.run("ls --json --sort size", "ls --json");
        assertEquals(
                List.of("small", "middle", "large", "large", "middle", "small"),
                shell.out().stream()
                        .map(line -> text(Json.parse(line).orElseThrow(), "key"))
                        .toList());
        assertEquals(ExitStatus.USAGE, shell.run("ls --sort colour"));
    }

    @Test
    void settingsAreShownAndChecked() {
        assertEquals(ExitStatus.USAGE, shell.run("set jsn on"));
        assertEquals(ExitStatus.USAGE, shell.run("set color blue"));
        assertEquals(
                List.of(
                        "line 1: set: nothing to set is called \"jsn\"; did you mean json?",
                        "line 1: set: color can be auto|always|never, not \"blue\""),
                shell.err());
        shell.run("set color");
        assertEquals(List.of("color  auto  auto|always|never  colours in results"), shell.out());
    }

    @Test
    void coloursAreShownWhenAskedForAndNotElse() {
        shell.server.files.put("f/a", new byte[1]);
        shell.run("ls", "set color always", "ls");
        assertEquals(List.of("-  -  f/", "-  -  \u001b[1;34mf/\u001b[0m"), shell.out());
    }

    @Test
    void exclamationMarkRunsTheRestOfTheLine() throws Exception {
        assertEquals(ExitStatus.OK, shell.run("!echo 'a;b' > out; echo \"#\" >> out", "put out"));
        assertEquals("a;b\n#\n", Files.readString(folder.resolve("out")));
        assertEquals("a;b\n#\n", new String(shell.server.files.get("out"), StandardCharsets.UTF_8));
        assertEquals(ExitStatus.FAILED, shell.run("!exit 3"));
        assertEquals(List.of("line 1: !: it ended with status 3"), shell.err());
        assertEquals(ExitStatus.OK, shell.run("-!exit 3", "- !exit 3"));
    }

    @Test
    void historyIsThePromptsOnly() {
        assertEquals(ExitStatus.OK, shell.run("history"));
        assertEquals(List.of(), shell.out());
    }

    private static String text(JsonObject object, String field) {
        return object.get(field).getAsString();
    }
}
