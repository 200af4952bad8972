package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.step.shell.client.FakeServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every exit status of the real program, from a real cause. */
final class ExitStatusIT {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long BEYOND_EVERY_PLAN = 17L << 40;

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
    void zeroWhenAllIsWell() throws Exception {
        Files.writeString(work.resolve("a"), "a");
        assertEnds(0, "", embedded("put a; verify a; -get missing; # the end"));
    }

    @Test
    void oneWhenACommandFails() throws Exception {
        Files.writeString(work.resolve("a"), "a");
        Files.writeString(work.resolve("b"), "b");
        assertEnds(1, "line 1: put: key a exists on the server with other content", embedded("put a; put b a"));
        assertEnds(1, "line 1: put: ../work is a folder", embedded("put ../work"));
    }

    @Test
    void twoWhenSomethingIsNotUnderstood() throws Exception {
        assertEnds(2, "line 1: no command \"putt\"; did you mean put?", embedded("putt a"));
        assertEnds(2, "line 1: ls: Unknown option: '-z'", embedded("ls -z"));
        assertEnds(2, "step-shell: Unknown option: '--no-such-option'", shell.run("", "--no-such-option"));
    }

    @Test
    void threeWhenNoServerIsThere() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertEnds(3, "line 1: ls: cannot connect to ", shell.run("ls", "--server", "127.0.0.1:" + port));
    }

    @Test
    void fourWhenTheLoginIsRefused() throws Exception {
        try (FakeServer server = FakeServer.withExtensions()) {
            StepShell guessing = shell.with("STEP_PASSWORD", "guess");
            assertEnds(
                    4,
                    "line 1: ls: login of alice at ",
                    guessing.run(
                            "ls",
                            "--user",
                            "alice",
                            "--server",
                            server.address().toString()));
        }
    }

    @Test
    void fiveWhenContentDiffers() throws Exception {
        Files.writeString(work.resolve("a"), "a");
        Files.writeString(work.resolve("b"), "b");
        assertEnds(5, "line 1: verify: b differs from key a", embedded("put a; verify b a"));
    }

    @Test
    void sixWhenSomethingIsNotThere() throws Exception {
        assertEnds(6, "line 1: get: key missing is not on the server", embedded("get missing"));
        assertEnds(6, "line 1: put: missing: no such file", embedded("put missing"));
        assertEnds(6, "step-shell: missing: no such file", shell.run("", "--embedded", "-f", "missing"));
    }

    @Test
    void sevenWhenTheServerHasNoRoom() throws Exception {
        assumeTrue(Files.isWritable(MEMORY), "needs " + MEMORY + ", where a file can be larger than a disk");
        Path huge = Files.createTempFile(MEMORY, "step", ".huge");
        try {
            try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
                file.setLength(BEYOND_EVERY_PLAN); // it takes no space
            }
            assertEnds(7, "line 1: put: the server refused: The file is too large", embedded("put " + huge));
        } finally {
            Files.delete(huge);
        }
    }

    @Test
    void aHundredAndThirtyWhenInterrupted() throws Exception {
        assumeTrue(Interrupts.arrive(), "needs to be started by a program that does not ignore SIGINT");
        Files.writeString(work.resolve("a"), "a");
        CountDownLatch uploading = new CountDownLatch(1);
        try (FakeServer server = FakeServer.withExtensions();
                OpenShell open = shell.open(
                        "--user", "alice", "--server", server.address().toString())) {
            server.misbehaving((request, usual) -> {
                if (request.get("operation").getAsString().equals("UPLOAD")) {
                    uploading.countDown();
                    return null; // no answer
                }
                return usual;
            });
            open.type("put a");
            assertTrue(uploading.await(60, TimeUnit.SECONDS), "nothing was uploaded");
            open.interrupt();
            assertEnds(130, "line 1: put: interrupted", open.end());
        }
    }

    @Test
    void ofSeveralFailuresTheFirstCounts() throws Exception {
        Files.writeString(work.resolve("a"), "a");
        StepShell.Result result = embedded("put missing a ../work folder/; ls");
        assertEquals(6, result.status());
        assertEquals(2, result.err().lines().count(), result.err());
    }

    @Test
    void theErrorNamesTheLineOfTheScript() throws Exception {
        Files.writeString(work.resolve("script"), "# first\n\nls\nget missing\nls\n");
        assertEnds(6, "script:4: get: key missing", shell.run("", "--embedded", "-f", "script"));
    }

    private StepShell.Result embedded(String commands) throws IOException, InterruptedException {
        return shell.run("", "--embedded", "--store", folder.resolve("store").toString(), "-c", commands);
    }

    private static void assertEnds(int status, String words, StepShell.Result result) {
        assertEquals(status, result.status(), result.err());
        if (status != 0) {
            assertTrue(result.err().startsWith(words), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
    }
}
