package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Key;
import dev.step.shell.client.Account;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.CuttingProxy;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.Meter;
import dev.step.shell.client.RealServer;
import dev.step.shell.client.Session;
import dev.step.shell.client.Target;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.client.Uploader;
import dev.step.shell.command.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about uploads that are not complete. */
@Timeout(60)
class UploadsTest {
    private static final int SIZE = 8 << 20;

    @TempDir
    Path folder;

    private RealServer server;
    private CuttingProxy proxy;
    private TestShell shell;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        proxy = new CuttingProxy(server.address());
        file = Files.write(folder.resolve("f"), new byte[SIZE]);
        shell = TestShell.in(folder);
        shell.target = Target.of(proxy.address(), "alice");
    }

    @AfterEach
    void stop() throws Exception {
        shell.close();
        proxy.close();
        server.close();
    }

    @Test
    void theListSaysHowFarTheyAre() throws Exception {
        leaveUnfinished("k");
        leaveUnfinished("l");
        assertEquals(ExitStatus.OK, shell.run("uploads", "uploads --json"));
        assertTrue(shell.out().get(0).matches(" *[0-9.]+ [KM]iB  8(\\.0+)? MiB  [0-9]+%  k"), shell.outText());
        assertTrue(
                shell.out().get(3).matches("\\{\"key\":\"l\",\"size\":" + SIZE + ",\"received\":[0-9]+}"),
                shell.outText());
    }

    @Test
    void anUploadThatIsCancelledIsGone() throws Exception {
        leaveUnfinished("k");
        assertEquals(ExitStatus.OK, shell.run("uploads cancel k", "uploads"));
        assertEquals(List.of("k  cancelled"), shell.out());
        assertEquals(ExitStatus.NOT_FOUND, shell.run("uploads cancel k"));
    }

    @Test
    void resumeGoesOnButNeverBegins() throws Exception {
        assertEquals(ExitStatus.NOT_FOUND, shell.run("uploads resume f k"));
        leaveUnfinished("k");
        Files.write(folder.resolve("g"), new byte[1]);
        assertEquals(ExitStatus.DIFFERENT, shell.run("uploads resume g k"));
        shell.clear();
        assertEquals(ExitStatus.OK, shell.run("uploads resume f k", "verify f k", "uploads"));
        assertTrue(shell.err().get(0).startsWith("key k: going on with its unfinished upload, of which "));
        assertEquals(2, shell.out().size(), shell.outText());
        assertEquals(ExitStatus.NOT_FOUND, shell.run("uploads resume f k"));
    }

    @Test
    void anOldServerCannotTell() throws Exception {
        try (TestShell old = new TestShell(folder, new FakeServer())) {
            assertEquals(ExitStatus.FAILED, old.run("uploads"));
            assertTrue(old.err().get(0).endsWith("cannot tell about unfinished uploads"), old.err()::toString);
        }
    }

    private void leaveUnfinished(String key) throws Exception {
        try (Session session =
                Session.open(() -> new Account(proxy.address(), "alice", "alice"), Dialer.DEFAULT, notice -> {})) {
            proxy.after(SIZE / 2, session::cancel);
            Uploader uploader = new Uploader(session, TransferOptions.DEFAULT);
            assertThrows(ClientException.class, () -> uploader.put(file, new Key(key), false, Meter.NONE));
        }
    }
}
