package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import dev.step.shell.client.FakeServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program on a pseudo-terminal, with the server inside: somebody types, and looks at the screen. */
final class ShellTerminalIT {
    private static final String TAB = "\t";
    private static final String ENTER = "\r";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    Path folder;

    private Path work;
    private PtyProcess terminal;
    private Collector screen;

    @BeforeEach
    void start() throws Exception {
        work = Files.createDirectory(folder.resolve("work"));
        Files.writeString(work.resolve("local file.txt"), "hello\n");
        Map<String, String> environment = new HashMap<>(System.getenv());
        StepShell.in(work, Files.createDirectory(folder.resolve("home"))).setEnvironment(environment);
        environment.put("TERM", "xterm-256color");
        open(environment, "--embedded", "--user", "alice");
        screen.awaitAfter(0, "step>");
    }

    private void open(Map<String, String> environment, String... arguments) throws Exception {
        terminal = new PtyProcessBuilder(StepShell.commandLine(arguments).toArray(new String[0]))
                .setEnvironment(environment)
                .setDirectory(work.toString())
                .setInitialColumns(100)
                .setInitialRows(30)
                .start();
        screen = Collector.of(terminal.getInputStream());
    }

    @AfterEach
    void stop() {
        terminal.destroyForcibly();
    }

    @Test
    void tabCompletesACommandALocalFileAndARemoteKey() throws Exception {
        int mark = screen.mark();
        type("verif" + TAB);
        screen.awaitAfter(mark, "verify");
        type("\u0015"); // forget the line
        mark = screen.mark();
        type("put loc" + TAB);
        screen.awaitAfter(mark, "file.txt");
        type(" 'remote key [1]'" + ENTER);
        screen.awaitAfter(mark, StepShell.SAME);
        screen.awaitAfter(mark, "step>");
        mark = screen.mark();
        type("rm rem" + TAB);
        screen.awaitAfter(mark, "key\\ \\[1\\]");
        type("\u0015quit" + ENTER);
        assertEndsWith(0);
    }

    @Test
    void aTerminalThatDoesNotSayHowLargeItIsCanBeUsed() throws Exception {
        type("quit" + ENTER);
        assertEndsWith(0);
        Map<String, String> environment = new HashMap<>(System.getenv());
        StepShell.in(work, folder.resolve("home")).setEnvironment(environment);
        environment.put("TERM", "xterm-256color");
        terminal = new PtyProcessBuilder(
                        StepShell.commandLine("--embedded", "--user", "alice").toArray(new String[0]))
                .setEnvironment(environment)
                .setDirectory(work.toString())
                .start(); // of no columns and no rows
        screen = Collector.of(terminal.getInputStream());
        screen.awaitAfter(0, "alice@127.0.0.1 step> ");
    }

    @Test
    void promptShowsWhoAndWhere() throws Exception {
        screen.awaitAfter(0, "alice@127.0.0.1 step> ");
        int mark = screen.mark();
        type("logout" + ENTER);
        screen.awaitAfter(mark, "\u001b[?2004hstep> ");
    }

    @Test
    void usageIsShownWhileACommandIsTyped() throws Exception {
        int mark = screen.mark();
        type("put ");
        screen.awaitAfter(mark, "FILE… [KEY|folder/]");
        mark = screen.mark();
        type(CTRL_C);
        screen.awaitAfter(mark, "step> ");
        mark = screen.mark();
        type("lpwd" + ENTER);
        screen.awaitAfter(mark, work.toRealPath().toString());
    }

    @Test
    void aLineOfTheUsersOwnShellIsTypedAndRun() throws Exception {
        int mark = screen.mark();
        type("!");
        screen.awaitAfter(mark, "!");
        type("echo $((40 + 2)) it\\'s" + ENTER);
        screen.awaitAfter(mark, "42 it's");
        screen.awaitAfter(mark, "step> ");
    }

    @Test
    void controlCStopsAPutAndNothingElse() throws Exception {
        try (FakeServer server = FakeServer.withExtensions()) {
            CountDownLatch uploading = new CountDownLatch(1);
            server.misbehaving((request, usual) -> {
                boolean upload = request.get("operation").getAsString().equals("UPLOAD");
                if (upload) {
                    uploading.countDown();
                }
                return upload ? null : usual;
            });
            int mark = screen.mark();
            type("connect " + server.address() + ENTER);
            screen.awaitAfter(mark, "connected to");
            type("login --password-command 'echo alice'" + ENTER);
            screen.awaitAfter(mark, "logged in to");
            mark = screen.mark();
            type("put local*" + ENTER);
            assertTrue(uploading.await(60, TimeUnit.SECONDS), "nothing was uploaded");
            type(CTRL_C);
            screen.awaitAfter(mark, "put: interrupted");
            server.misbehaving((request, usual) -> usual);
            mark = screen.mark();
            type("put local*" + ENTER);
            screen.awaitAfter(mark, "MD5 ok");
        }
        type(" quit" + ENTER);
        assertEndsWith(0);
    }

    @Test
    void progressFollowsTheWidthOfTheWindow() throws Exception {
        try (FakeServer server = FakeServer.withExtensions()) {
            server.files.put("large", new byte[8 << 20]);
            CountDownLatch never = new CountDownLatch(1);
            server.misbehaving((request, usual) -> {
                if (request.get("operation").getAsString().equals("DOWNLOAD")) {
                    delay(never); // a slow server, so that there is progress to see
                }
                return usual;
            });
            int mark = screen.mark();
            type("connect " + server.address() + ENTER + "login --password-command 'echo alice'" + ENTER);
            screen.awaitAfter(mark, "logged in to");
            assertTrue(longestProgressLine("get large wide") > 60);
            terminal.setWinSize(new WinSize(60, 30));
            int narrow = longestProgressLine("get large narrow");
            assertTrue(narrow > 0 && narrow < 60, "columns: " + narrow);
        }
    }

    private int longestProgressLine(String command) throws Exception {
        int mark = screen.mark();
        type(command + ENTER);
        return Arrays.stream(screen.awaitAfter(mark, "MD5 ok").split("\\r"))
                .map(line -> line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").strip())
                .filter(line -> line.contains("MiB/8.0 MiB"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static void delay(CountDownLatch never) {
        try {
            assertFalse(never.await(50, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasTypedIsRememberedForItsOwnerOnly() throws Exception {
        int mark = screen.mark();
        type("lpwd" + ENTER);
        screen.awaitAfter(mark, work.toRealPath().toString());
        type(" whoami" + ENTER + "data save k password=secret" + ENTER);
        screen.awaitAfter(mark, "k  saved");
        type(" quit" + ENTER); // not Ctrl-D, which is lost when it comes before the next prompt
        assertEndsWith(0);
        Path history = folder.resolve("home/state/step/history");
        assertEquals(List.of("lpwd"), Files.readAllLines(history));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
    }

    @Test
    void aPatternIsNotRemovedWithoutAYes() throws Exception {
        int mark = screen.mark();
        type("put local*" + ENTER);
        screen.awaitAfter(mark, StepShell.SAME);
        mark = screen.mark();
        type("rm *" + ENTER);
        screen.awaitAfter(mark, "Remove local file.txt? [y/N]");
        type("n" + ENTER);
        screen.awaitAfter(mark, "step> ");
        mark = screen.mark();
        type("rm *" + ENTER);
        screen.awaitAfter(mark, "[y/N]");
        type("y" + ENTER);
        screen.awaitAfter(mark, "local file.txt  removed");
    }

    @Test
    void controlDLeaves() throws Exception {
        type(CTRL_D);
        assertEndsWith(0);
    }

    private void assertEndsWith(int status) throws InterruptedException {
        assertEquals(true, terminal.waitFor(30, TimeUnit.SECONDS), "still running");
        assertEquals(status, terminal.exitValue());
    }

    private void type(String keys) throws Exception {
        terminal.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        terminal.getOutputStream().flush();
    }
}
