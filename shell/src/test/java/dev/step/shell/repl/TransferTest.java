package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.client.FakeServer;
import dev.step.shell.command.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The options of put and get. */
@Timeout(60)
class TransferTest {
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
    void dryRunShowsWhatWouldBeDoneAndDoesNothing() throws Exception {
        shell.file("a", "a");
        assertEquals(ExitStatus.OK, shell.run("put --dry-run a x/", "put --json --dry-run a", "put --dry-run - k"));
        assertEquals(
                "x/a  " + folder.resolve("a") + "  would be sent", shell.out().get(0));
        assertTrue(
                shell.out().get(1).endsWith(",\"result\":\"would be sent\"}"),
                shell.out().get(1));
        assertEquals(0, shell.server.files.size());
        shell.server.files.put("k", new byte[1]);
        assertEquals(ExitStatus.OK, shell.run("get --dry-run k"));
        assertFalse(Files.exists(folder.resolve("k")));
        assertEquals(ExitStatus.USAGE, shell.run("put --dry-run - "));
    }

    @Test
    void standardInputBecomesAKeyAndAKeyStandardOutput() {
        shell.input = "from a pipe\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(ExitStatus.OK, shell.run("put --quiet - log", "get log -"));
        assertEquals("from a pipe\n", shell.outText());
        assertEquals(ExitStatus.NOT_FOUND, shell.run("get none -"));
    }

    @Test
    void otherContentIsReplacedOnlyWhenAskedFor() throws Exception {
        shell.file("a", "new");
        shell.server.files.put("a", "old".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.FAILED, shell.run("put a"));
        assertEquals(
                List.of("line 1: put: key a exists on the server with other content;"
                        + " --replace replaces it, or put under another key"),
                shell.err());
        assertEquals(ExitStatus.OK, shell.run("put --replace a"));
        assertEquals("new", new String(shell.server.files.get("a"), StandardCharsets.UTF_8));
        long saves = shell.server.count("UPLOAD");
        assertEquals(ExitStatus.OK, shell.run("put --replace a"));
        assertTrue(shell.out().get(1).contains("already there"), shell.out().toString());
        assertEquals(saves, shell.server.count("UPLOAD"));
    }

    @Test
    void anOldServerCannotReplace() throws Exception {
        try (TestShell old = new TestShell(folder, new FakeServer())) {
            old.file("a", "new");
            old.server.files.put("a", new byte[1]);
            assertEquals(ExitStatus.FAILED, old.run("put --replace a"));
            assertTrue(
                    old.err().get(0).contains("; this server cannot replace: rm it first"),
                    old.err().toString());
            assertEquals(1, old.server.files.get("a").length);
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        shell.server.files.put("a", new byte[1]);
        assertEquals(ExitStatus.NOT_FOUND, shell.run("get a none/b"));
        assertEquals(List.of("line 1: get: " + folder.resolve("none") + ": no such folder"), shell.err());
    }

    @Test
    void timesAreKept() throws Exception {
        shell.file("a", "a");
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.fromMillis(1_234_567_890_000L));
        assertEquals(ExitStatus.OK, shell.run("put a", "get a b"));
        assertTrue(shell.server.requests.stream()
                .anyMatch(request ->
                        request.has("modified") && request.get("modified").getAsLong() == 1_234_567_890_000L));
        assertEquals(
                1_000_000_000_000L,
                Files.getLastModifiedTime(folder.resolve("b")).toMillis());
    }

    @Test
    void severalJobsTransferEveryFileOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            shell.file("f" + i, "content " + i);
        }
        assertEquals(ExitStatus.OK, shell.run("put --jobs 4 f*"));
        assertEquals(40, shell.server.count("SAVE"));
        assertEquals(40, shell.server.files.size());
        assertEquals(4, shell.server.count("LOGIN"));
        Files.createDirectory(folder.resolve("back"));
        assertEquals(ExitStatus.OK, shell.run("set jobs 3", "get f* back/"));
        for (int i = 0; i < 40; i++) {
            assertEquals("content " + i, Files.readString(folder.resolve("back/f" + i)));
        }
    }

    @Test
    void ofSeveralJobsTheFirstFileThatFailedDecides() throws Exception {
        shell.file("a", "a");
        shell.file("z", "z");
        shell.server.files.put("a", new byte[9]);
        assertEquals(ExitStatus.FAILED, shell.run("put --jobs 3 a none1 none2 z"));
        assertEquals(3, shell.err().size());
        assertTrue(shell.server.files.containsKey("z"));
    }

    @Test
    void optionsAreChecked() {
        assertEquals(ExitStatus.USAGE, shell.run("put --jobs 17 a"));
        assertEquals(ExitStatus.USAGE, shell.run("put --connections many a"));
        assertEquals(ExitStatus.USAGE, shell.run("set limit-rate 1T"));
        assertEquals(
                List.of(
                        "line 1: put: jobs can be 1…16, not \"17\"",
                        "line 1: put: connections can be auto|1…16, not \"many\"",
                        "line 1: set: limit-rate can be off|BYTES[K|M|G], not \"1T\""),
                shell.err());
        assertEquals(ExitStatus.OK, shell.run("set limit-rate 10M", "set connections auto", "set limit-rate off"));
    }
}
