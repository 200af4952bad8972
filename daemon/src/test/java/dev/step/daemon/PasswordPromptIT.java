package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code step-server user add} on a terminal, which the program {@code script} makes. */
@Timeout(120)
final class PasswordPromptIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String FIRST = "New password of alice: ";
    private static final String SECOND = "The same again: ";

    @TempDir
    Path folder;

    private final StringBuilder screen = new StringBuilder();

    @BeforeEach
    void needTerminal() {
        assumeTrue(Files.isExecutable(SCRIPT), "no script here");
    }

    @Test
    void passwordIsAskedForTwiceAndNeverShown() throws Exception {
        assertEquals(0, addAlice("s3cret", "s3cret"));
        assertFalse(screen.toString().contains("s3cret"), screen.toString());
        assertTrue(Files.readString(folder.resolve("store/accounts")).contains("alice"));
    }

    @Test
    void twoDifferentPasswordsChangeNothing() throws Exception {
        assertEquals(1, addAlice("s3cret", "s3crte"));
        assertTrue(screen.toString().contains("step-server: The two passwords differ"), screen.toString());
        assertFalse(Files.exists(folder.resolve("store/accounts")));
    }

    private int addAlice(String password, String again) throws IOException, InterruptedException {
        String root = System.getProperty("step.root");
        assertTrue(root != null, "run by Maven, which says where the project is");
        String command = Path.of(root, "bin", "step-server") + " user add alice --store " + folder.resolve("store");
        ProcessBuilder builder = new ProcessBuilder(
                List.of(SCRIPT.toString(), "--quiet", "--return", "--command", command, "/dev/null"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        try {
            answer(process, FIRST, password);
            answer(process, SECOND, again);
            screen.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Types the answer when the question is there: the terminal shows nothing any more by then. */
    private void answer(Process process, String question, String answer) throws IOException {
        InputStream shown = process.getInputStream();
        while (!screen.toString().endsWith(question)) {
            int next = shown.read();
            assertTrue(next >= 0, () -> "it ended: " + screen);
            screen.append((char) next);
        }
        process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }
}
