package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.client.CuttingProxy;
import dev.step.shell.client.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program is killed in the middle of a transfer; the same command in another one goes on. */
final class ResumeIT {
    private static final int SIZE = 64 << 20;
    /** What is under way is known of one connection; on a busy machine the shell would choose several. */
    private static final String ALONE = " --connections 1 ";

    /** A thirty-second part of it may be under way, and is where answers come late, as on a busy machine. */
    private static final String HEAP = "-Xmx256m";

    private static final long WINDOW = (8 << 20) + (256 << 10);
    /** What a killed process has in its buffers, for its thread that hashes and writes. */
    private static final long UNWRITTEN = WINDOW + 3 * (256 << 10);

    private static final long OVERHEAD = SIZE / 50;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private Path work;
    private StepShell shell;
    private RealServer server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        new Random(1).nextBytes(content);
        work = Files.createDirectory(folder.resolve("work"));
        Files.write(work.resolve("f"), content);
        shell = StepShell.in(work, Files.createDirectory(folder.resolve("home")))
                .with("STEP_JAVA_OPTS", HEAP);
        server = new RealServer(folder.resolve("store"));
        proxy = new CuttingProxy(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    @Test
    void aPutGoesOnAfterTheShellWasKilled() throws Exception {
        killIn("put" + ALONE + "f");
        long before = proxy.sent();
        StepShell.Result result = run("put" + ALONE + "f; verify f");
        long after = proxy.sent() - before;
        assertEquals(0, result.status(), result.err());
        assertTrue(result.err().startsWith("key f: going on with its unfinished upload, of which "), result.err());
        assertTrue(after <= SIZE - before + WINDOW + OVERHEAD, "sent " + before + " and " + after);
    }

    @Test
    void aGetGoesOnAfterTheShellWasKilled() throws Exception {
        assertEquals(0, run("put f").status());
        long stored = proxy.received();
        killIn("get" + ALONE + "f copy");
        assertFalse(Files.exists(work.resolve("copy")));
        long before = proxy.received() - stored;
        StepShell.Result result = run("get" + ALONE + "f copy");
        long after = proxy.received() - stored - before;
        assertEquals(0, result.status(), result.err());
        assertTrue(result.err().startsWith("going on with an unfinished download, of which "), result.err());
        assertTrue(after <= SIZE - before + WINDOW + UNWRITTEN + OVERHEAD, "received " + before + " and " + after);
        assertArrayEquals(content, Files.readAllBytes(work.resolve("copy")));
    }

    private void killIn(String command) throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (OpenShell open =
                shell.open("--user", "alice", "--server", proxy.address().toString())) {
            proxy.cutAfter(SIZE / 2, () -> {
                open.close(); // SIGKILL
                cut.countDown();
            });
            open.type(command);
            assertTrue(cut.await(60, TimeUnit.SECONDS), "nothing was transferred");
            open.kill();
        }
    }

    private StepShell.Result run(String commands) throws Exception {
        return shell.run("", "--user", "alice", "--server", proxy.address().toString(), "-c", commands);
    }
}
