package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.Gson;
import dev.step.protocol.HostAndPort;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.Reply;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole scripts against a server on a real socket: what is printed where, and the status they end with. */
@Timeout(60)
class ScriptTest {
    @TempDir
    Path folder;

    private TestShell shell;
    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        shell = TestShell.in(folder);
        server = shell.server;
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void aFileGoesToTheServerAndBack() throws Exception {
        shell.file("README.md", "hello");
        assertEquals(ExitStatus.OK, shell.run("put README.md", "verify README.md", "get README.md copy", "ls -l"));
        List<String> lines = shell.out();
        assertTrue(lines.get(0).matches("README\\.md  5 B  \\d+\\.\\d\\d s  \\d+\\.\\d MB/s  MD5 ok"), lines.get(0));
        assertEquals("README.md  5 B  MD5 ok", lines.get(1));
        assertTrue(lines.get(2).startsWith("README.md  5 B  "), lines.get(2));
        assertTrue(
                lines.get(3).matches("5  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  [0-9a-f]{32}  README.md"), lines.get(3));
        assertEquals("hello", Files.readString(folder.resolve("copy")));
        assertEquals(List.of(), shell.err());
    }

    @Test
    void theFirstFailureEndsTheScriptAndNamesItsLine() {
        assertEquals(ExitStatus.NOT_FOUND, shell.run("# a comment", "", "rm none", "whoami"));
        assertEquals(List.of("line 3: rm: key none is not on the server"), shell.err());
        assertEquals(List.of(), shell.out());
    }

    @Test
    void aLeadingMinusToleratesAFailure() {
        assertEquals(ExitStatus.OK, shell.run("-rm none; - rm none2", "-nonsense"));
        assertEquals(3, shell.err().size());
    }

    @Test
    void otherFilesOfTheCommandAreStillTried() throws Exception {
        shell.file("a", "a");
        shell.file("c", "c");
        assertEquals(ExitStatus.NOT_FOUND, shell.run("put a b c folder/"));
        assertEquals(List.of("folder/a", "folder/c"), List.copyOf(server.files.keySet()));
        assertEquals(1, shell.err().size());
    }

    @Test
    void ofSeveralFailuresTheFirstDecides() throws Exception {
        shell.file("a", "a");
        server.files.put("a", new byte[7]);
        assertEquals(ExitStatus.FAILED, shell.run("put a b c"));
        assertEquals(3, shell.err().size());
    }

    @Test
    void differentContentHasAStatusOfItsOwn() throws Exception {
        shell.file("a", "a");
        server.files.put("a", "b".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.DIFFERENT, shell.run("verify a"));
    }

    @Test
    void aLoginThatIsRefusedHasAStatusOfItsOwn() {
        shell.passwords = user -> "guess";
        assertEquals(ExitStatus.LOGIN_REFUSED, shell.run("ls"));
    }

    @Test
    void aServerThatIsNotThereHasAStatusOfItsOwn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            shell.target = Target.of(new HostAndPort("127.0.0.1", taken.getLocalPort()), "alice");
        }
        assertEquals(ExitStatus.NO_CONNECTION, shell.run("ls"));
    }

    @Test
    void whatIsNoCommandIsBadUsage() {
        assertEquals(ExitStatus.USAGE, shell.run("putt a"));
        assertEquals(ExitStatus.USAGE, shell.run("put"));
        assertEquals(ExitStatus.USAGE, shell.run("put --no-such-option a"));
        assertEquals(ExitStatus.USAGE, shell.run("put 'a"));
        assertEquals(ExitStatus.USAGE, shell.run("data"));
        assertEquals(
                List.of(
                        "line 1: no command \"putt\"; did you mean put?",
                        "line 1: put: Missing required parameter: 'FILE'; usage: put [-r] [--replace] FILE…"
                                + " [KEY|folder/] or put - KEY",
                        "line 1: put: Unknown option: '--no-such-option'; usage: put [-r] [--replace] FILE…"
                                + " [KEY|folder/] or put - KEY",
                        "line 1: the quote ' is not closed",
                        "line 1: data what? data save, data get, data rm, data ls"),
                shell.err());
        assertEquals(List.of(), server.operations());
    }

    @Test
    void valuesAreSavedReadListedAndRemoved() {
        assertEquals(
                ExitStatus.OK,
                shell.run(
                        "data save v a=1 'b=two words'",
                        "data get v",
                        "data rm v",
                        "data save j '{\"n\":[1,null]}'",
                        "data get j"));
        assertEquals(
                List.of("v  saved", "{\"a\":\"1\",\"b\":\"two words\"}", "v  removed", "j  saved", "{\"n\":[1,null]}"),
                shell.out());
        assertEquals(ExitStatus.USAGE, shell.run("data save v type=x"));
    }

    @Test
    void namesOfAnyKindWork() throws Exception {
        for (String name :
                List.of("a b", "[1]", "ü 東京", "it's", "a\"b", "back\\slash", "*", "#1", "x;y", "@file", "~")) {
            shell.file(name, name);
            assertEquals(ExitStatus.OK, shell.run("put " + Quoting.quote(name, (char) 0, true)), name);
            assertArrayEquals(name.getBytes(StandardCharsets.UTF_8), server.files.get(name));
            assertEquals(ExitStatus.OK, shell.run("get " + Quoting.quote(name, '"', true) + " back"), name);
            assertEquals(name, Files.readString(folder.resolve("back")));
            Files.delete(folder.resolve("back"));
        }
    }

    @Test
    void whatTheServerSaysCannotMoveTheCursor() {
        server.misbehaving((request, usual) -> Reply.to(request, 410, "\u001b[2Jgone\n\u202Eevil"));
        shell.run("whoami");
        assertTrue(
                shell.err().get(0).contains("\\x1b[2Jgone\\x0a\\u202eevil"),
                shell.err().get(0));
    }

    @Test
    void patternsStandForSeveralFiles() throws Exception {
        shell.file("a.txt", "a");
        shell.file("b.txt", "b");
        shell.file("[1].txt", "1");
        shell.file("c.pdf", "c");
        assertEquals(ExitStatus.OK, shell.run("put *.txt texts/", "put [1].txt", "verify ?.txt texts/"));
        assertEquals(
                List.of("[1].txt", "texts/[1].txt", "texts/a.txt", "texts/b.txt"), List.copyOf(server.files.keySet()));
        assertEquals(ExitStatus.USAGE, shell.run("put *.txt name"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("put *.doc"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("put '*.txt'"));

        Files.createDirectory(folder.resolve("back"));
        assertEquals(ExitStatus.OK, shell.run("get texts/[ab].txt back"));
        assertEquals("b", Files.readString(folder.resolve("back/b.txt")));
    }

    @Test
    void aPatternIsNotRemovedInAScriptThatDoesNotSaySo() {
        for (String key : List.of("[1].txt", "texts/[1].txt", "texts/a.txt", "texts/b.txt")) {
            server.files.put(key, new byte[1]);
        }
        assertEquals(ExitStatus.USAGE, shell.run("rm texts/?.txt"));
        assertEquals(
                List.of("line 1: rm: nobody is here to be asked: Remove 2 files? -f does it without asking"),
                shell.err());
        assertEquals(4, server.files.size());
        assertEquals(ExitStatus.OK, shell.run("rm -f texts/?.txt", "rm texts/[1].txt '[1].txt'"));
        assertEquals(Set.of(), server.files.keySet());
    }

    @Test
    void foldersTravelWithEverythingInThem() throws Exception {
        Files.createDirectories(folder.resolve("photos/2026/may"));
        shell.file("photos/one", "1");
        shell.file("photos/2026/may/two", "2");
        assertEquals(ExitStatus.OK, shell.run("put -r photos backup/", "verify -r photos backup/"));
        assertEquals(List.of("backup/photos/2026/may/two", "backup/photos/one"), List.copyOf(server.files.keySet()));
        assertEquals(ExitStatus.OK, shell.run("get -r backup/photos/ again", "get -r backup/"));
        assertEquals("2", Files.readString(folder.resolve("again/2026/may/two")));
        assertEquals("1", Files.readString(folder.resolve("backup/photos/one")));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("get -r none/"));
        shell.clear();
        assertEquals(ExitStatus.FAILED, shell.run("put photos"));
        assertEquals(
                List.of("line 1: put: " + folder.resolve("photos") + " is a folder; -r takes all that is in it"),
                shell.err());
    }

    @Test
    void whatCannotTravelIsToldAndTheOthersDo() throws Exception {
        Files.createDirectory(folder.resolve("f"));
        shell.file("f/a", "a");
        shell.file("f/new\nline", "b");
        shell.file("f/z", "z");
        Files.createSymbolicLink(folder.resolve("f/dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("f/up"), folder);
        assertEquals(ExitStatus.FAILED, shell.run("put -r f"));
        assertEquals(Set.of("f/a", "f/z"), server.files.keySet());
        String problem = "f/new\\x0aline\" cannot be a key: The key contains a control character. Put it alone,"
                + " under another key.";
        List<String> said = List.of(
                folder + "/f/dangling is left out: it is a link, and not to a file",
                folder + "/f/up is left out: it is a link, and not to a file",
                "line 1: put: \"" + problem);
        assertEquals(said, shell.err().stream().sorted().toList());
        assertEquals(ExitStatus.FAILED, shell.run("verify -r f"));
        assertEquals(ExitStatus.OK, shell.run("put f/new* other"));
    }

    @Test
    void aFolderThatMayNotBeReadKeepsNoOtherFromTravelling() throws Exception {
        Path closed = Files.createDirectories(folder.resolve("f/closed"));
        shell.file("f/z", "z");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "needs a user whom permissions concern");
        assertEquals(ExitStatus.FAILED, shell.run("put -r f", "put f/closed/* f/z g/"));
        assertEquals(ExitStatus.FAILED, shell.run("put f/closed/* f/z g/"));
        assertEquals(Set.of("f/z", "g/z"), server.files.keySet());
        assertEquals(
                List.of(
                        "line 1: put: " + closed + ": permission denied",
                        "line 1: put: " + closed + ": permission denied"),
                shell.err());
    }

    @Test
    void aHostileListingCannotLeadOutOfTheTarget() throws Exception {
        server.files.put("f/x", new byte[1]);
        for (String evil : List.of("f/../../evil", "/etc/evil", "f/./../x")) {
            server.misbehaving((request, usual) ->
                    usual.fields().has("file_list") ? usual.with("file_list", List.of(evil)) : usual);
            assertEquals(ExitStatus.FAILED, shell.run("get -r f/"), evil);
        }
        assertEquals(
                List.of("LOGIN", "GET"), server.operations().stream().distinct().toList());
    }

    @Test
    void keysThatAreNoNamesOfFilesAreNotForgotten() throws Exception {
        server.files.put("f//x", "x".getBytes(StandardCharsets.UTF_8));
        server.files.put("f/", new byte[1]);
        server.files.put("f/y", "y".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.FAILED, shell.run("get -r f/"));
        assertEquals(List.of("line 1: get: key f/ ends in a slash, which no file here can; cat shows it"), shell.err());
        assertEquals("x", Files.readString(folder.resolve("f/x")));
        assertEquals("y", Files.readString(folder.resolve("f/y")));
    }

    @Test
    void foldersAreListedAsFolders() throws Exception {
        server.files.put("a", new byte[1000]);
        server.files.put("f/b", new byte[2]);
        assertEquals(ExitStatus.OK, shell.run("ls -h"));
        List<String> lines = shell.out();
        assertTrue(lines.stream().anyMatch(line -> line.endsWith("  f/")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("1000 B")), lines.toString());
    }

    @Test
    void quitEndsTheScript() {
        assertEquals(ExitStatus.OK, shell.run("quit", "rm none"));
        assertEquals(List.of(), shell.err());
    }

    @Test
    void helpKnowsEveryCommand() {
        assertEquals(ExitStatus.OK, shell.run("help"));
        String all = shell.outText();
        for (String name : List.of("connect", "login", "put", "get", "ls", "rm", "verify", "data save", "quit")) {
            assertTrue(all.contains("\n  " + name), name);
        }
        assertEquals(ExitStatus.OK, shell.run("help data save"));
        assertEquals(ExitStatus.OK, shell.run("put --help"));
        assertEquals(ExitStatus.USAGE, shell.run("help nonsense"));
    }

    @Test
    void helpAboutACommandHasItsFormsItsOptionsAndExamples() {
        assertEquals(ExitStatus.OK, shell.run("help verify"));
        String help = shell.outText();
        assertTrue(help.startsWith("Usage: verify [-r] [--repair] FILE"), help);
        assertTrue(help.contains("\n       verify --remote KEY…\n"), help);
        assertTrue(help.contains("\n      --write-sums=LIST   write the digests"), help);
        assertTrue(help.contains("\nExamples\n  verify report.pdf  "), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        shell.clear();
        assertEquals(ExitStatus.OK, shell.run("help --json verify"));
        assertEquals(List.of(Map.of("command", "verify", "help", help)), json(shell.out()));
    }

    @Test
    void programsAreToldWhatFailed() {
        assertEquals(ExitStatus.NOT_FOUND, shell.run("data get --json none"));
        assertEquals(ExitStatus.USAGE, shell.run("ls --json --nonsense"));
        assertEquals(ExitStatus.USAGE, shell.run("set json on", "-nonsense", "put 'a"));
        assertEquals(
                List.of(
                        Map.of("status", 6.0, "error", "key none is not on the server"),
                        Map.of(
                                "status",
                                2.0,
                                "error",
                                "Unknown option: '--nonsense'; usage: ls [-lh]" + " [--sort name|size|time] [PREFIX]"),
                        Map.of("status", 2.0, "error", "no command \"nonsense\"; help lists them"),
                        Map.of("status", 2.0, "error", "the quote ' is not closed")),
                json(shell.out()));
        assertEquals(4, shell.err().size());
    }

    private static List<Object> json(List<String> lines) {
        return lines.stream()
                .map(line -> new Gson().fromJson(line, Object.class))
                .toList();
    }
}
