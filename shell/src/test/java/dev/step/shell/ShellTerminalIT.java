package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program on a pseudo-terminal, with the server inside: somebody types, and looks at the screen. */
final class ShellTerminalIT {
    private static final String TAB = "\t";
    private static final String ENTER = "\r";
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
        terminal = new PtyProcessBuilder(StepShell.commandLine("--embedded").toArray(new String[0]))
                .setEnvironment(environment)
                .setDirectory(work.toString())
                .setInitialColumns(100)
                .setInitialRows(30)
                .start();
        screen = Collector.of(terminal.getInputStream());
        screen.awaitAfter(0, "step>");
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
        screen.awaitAfter(mark, "MD5 ok");
        screen.awaitAfter(mark, "step>");
        mark = screen.mark();
        type("rm rem" + TAB);
        screen.awaitAfter(mark, "key\\ \\[1\\]");
        type("\u0015quit" + ENTER);
        assertEndsWith(0);
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
