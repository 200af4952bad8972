package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in a pipe, with the server inside. */
final class ShellPipeIT {
    @TempDir
    Path folder;

    private Path work;
    private StepShell shell;

    @BeforeEach
    void prepare() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        shell = StepShell.in(work, Files.createDirectory(folder.resolve("home")));
    }

    @Test
    void threePipedCommandsPrintThreeResultsAndNothingElse() throws Exception {
        Files.writeString(work.resolve("README.md"), "hello\n");
        StepShell.Result result = shell.run("put README.md\nverify README.md\nls\n", "--embedded");
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertTrue(
                Pattern.matches(
                        "README\\.md  6 B  [0-9.]+ s  [0-9.]+ MB/s  " + StepShell.SAME + "\n"
                                + "README\\.md  6 B  " + StepShell.SAME + "\n"
                                + "[^\n"
                                + "]*README\\.md\n",
                        result.out()),
                result.out());
        assertFalse(result.out().contains("\u001b") || result.out().contains("step>"));
    }

    @Test
    void firstCommandThatFailsEndsTheScriptWithItsStatus() throws Exception {
        StepShell.Result result = shell.run("ls\nget missing\nput also-missing\n", "--embedded");
        assertEquals(6, result.status());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("line 2: get: "), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @Test
    void whatWasPutYesterdayIsThereToday() throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        String name = "a b [c] 'd' \"e\" \u6587\u4ef6 \ud83d\ude00.bin";
        Files.write(work.resolve(name), content);
        String quoted = "\"" + name.replace("\"", "\\\"") + "\"";
        assertEquals(0, shell.run("put " + quoted, "--embedded").status());
        Files.delete(work.resolve(name));
        StepShell.Result result = shell.run("get " + quoted + "\n", "--embedded");
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertArrayEquals(content, Files.readAllBytes(work.resolve(name)));
    }

    @Test
    void localeThatKnowsNoUnicodeChangesNothing() throws Exception {
        String name = "\u6587\u4ef6.txt";
        Files.writeString(work.resolve(name), "x");
        StepShell.Result result = shell.with("LC_ALL", "POSIX").run("put " + name + "\nls\n", "--embedded");
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().lines().allMatch(line -> line.contains(name)), result.out());
    }

    @Test
    void storeMayLieElsewhere() throws Exception {
        Files.writeString(work.resolve("f"), "x");
        Path store = folder.resolve("elsewhere");
        assertEquals(
                0,
                shell.run("", "--embedded", "--store", store.toString(), "-c", "put f; verify f")
                        .status());
        assertTrue(Files.isDirectory(store.resolve("users")));
        assertEquals("", shell.run("ls", "--embedded").out());
    }

    @Test
    void secondShellOnTheSameStoreJoinsTheFirst() throws Exception {
        Files.writeString(work.resolve("f"), "x");
        try (OpenShell first = shell.open("--embedded")) {
            first.type("put f");
            first.awaitOutput(StepShell.SAME);
            StepShell.Result second = shell.run("ls\nrm f\n", "--embedded");
            assertEquals(0, second.status(), second.err());
            assertTrue(second.out().contains(" f\n"), second.out());
            first.type("ls");
            StepShell.Result result = first.end();
            assertEquals(0, result.status());
            assertFalse(result.out().contains(" f\n"), result.out());
        }
    }

    @Test
    void shellThatHadJoinedTakesOverWhenTheOtherOneLeaves() throws Exception {
        Files.writeString(work.resolve("f"), "x");
        try (OpenShell first = shell.open("--embedded");
                OpenShell second = shell.open("--embedded")) {
            first.type("put f");
            first.awaitOutput(StepShell.SAME);
            second.type("ls");
            second.awaitOutput(" f\n");
            assertEquals(0, first.end().status());

            second.type("verify f");
            second.awaitOutput("f  1 B  " + StepShell.SAME + "\n");
            assertEquals(0, shell.run("rm f", "--embedded").status()); // a third one finds the new server
            second.type("put f f");
            StepShell.Result result = second.end();
            assertEquals(0, result.status(), result.err());
            assertTrue(result.err().startsWith("reconnected to 127.0.0.1:"), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
    }

    @Test
    void shellThatHadJoinedTakesOverFromOneThatWasKilled() throws Exception {
        Files.writeString(work.resolve("f"), "x");
        try (OpenShell first = shell.open("--embedded");
                OpenShell second = shell.open("--embedded")) {
            first.type("put f");
            first.awaitOutput(StepShell.SAME);
            second.type("ls");
            second.awaitOutput(" f\n");
            first.kill();
            second.type("verify f");
            StepShell.Result result = second.end();
            assertEquals(0, result.status(), result.err());
            assertTrue(result.out().endsWith("f  1 B  " + StepShell.SAME + "\n"), result.out());
        }
    }

    @Test
    void whoNoLongerListensEndsTheScript() throws Exception {
        Process shell = started("whoami\nls\nwhoami\nput missing\n", Redirect.PIPE);
        shell.getInputStream().close();
        assertEnds(shell, "nobody reads the results any more");
    }

    @Test
    void aDiskThatIsFullEndsTheScriptAndIsNamed() throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "needs /dev/full");
        Process shell = started("whoami\nput missing\n", Redirect.to(full));
        assertEnds(shell, "line 1: whoami: the results cannot be written: No space left on device");
    }

    private Process started(String commands, Redirect output) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), commands);
        ProcessBuilder builder = new ProcessBuilder(StepShell.commandLine("--embedded"))
                .directory(work.toFile())
                .redirectInput(script.toFile())
                .redirectOutput(output);
        shell.setEnvironment(builder.environment());
        return builder.start();
    }

    private static void assertEnds(Process process, String words) throws Exception {
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains(words), err);
    }

    @Test
    void versionAndHelpNeedNoServer() throws Exception {
        assertTrue(shell.run("", "--version").out().startsWith("step-shell "));
        assertTrue(shell.run("", "--help").out().contains("--embedded"));
        assertEquals(2, shell.run("", "--no-such-option").status());
    }
}
