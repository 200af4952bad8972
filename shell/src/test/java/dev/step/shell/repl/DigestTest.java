package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.RealServer;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By which digest files are compared, as the user sets it. */
@Timeout(60)
class DigestTest {
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";

    @TempDir
    Path folder;

    private RealServer server;
    private TestShell shell;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        shell = TestShell.in(folder);
        shell.target = Target.of(new HostAndPort("127.0.0.1", server.address().getPort()), "alice");
        shell.file("a", "abc");
        Files.write(folder.resolve("large"), new byte[3 << 20]);
    }

    @AfterEach
    void stop() throws Exception {
        shell.close();
        server.close();
    }

    @Test
    void everyCommandGoesByTheDigestThatIsSet() throws Exception {
        assertEquals(
                ExitStatus.OK,
                shell.run(
                        "set digest sha-256",
                        "put -r a large folder/",
                        "put a folder/a",
                        "get folder/a again",
                        "get folder/large",
                        "verify a folder/a",
                        "verify --remote folder/large",
                        "info --json folder/a"));
        assertTrue(shell.out().contains("folder/a  3 B  SHA-256 ok"), () -> String.join("\n", shell.out()));
        assertEquals(
                "{\"key\":\"folder/a\",\"size\":3,\"sha256\":\"" + SHA_256_OF_ABC + "\"}",
                shell.out().get(shell.out().size() - 1));
        assertEquals("abc", Files.readString(folder.resolve("again")));
    }

    @Test
    void theServerComputesNothingThatNobodyHasAskedFor() throws Exception {
        assertEquals(
                ExitStatus.OK,
                shell.run("set digest sha-256", "put a", "put large", "get large copy", "verify a", "ls --json"));
        List<String> listed = shell.out().stream()
                .filter(line -> line.contains("\"modified\""))
                .toList();
        assertEquals(2, listed.size());
        listed.forEach(line -> assertFalse(line.contains("md5"), line));
    }

    @Test
    void whatWasSentWithOneDigestIsComparedByTheOther() throws Exception {
        assertEquals(
                ExitStatus.OK,
                shell.run("set digest md5", "put a", "put large", "set digest sha-256", "verify a", "get large copy"));
        assertEquals(
                ExitStatus.OK, shell.run("set digest md5", "verify a", "verify large", "verify --write-sums sums a"));
        assertEquals(MD5_OF_ABC + "  a\n", Files.readString(folder.resolve("sums")));
    }

    @Test
    void aListOfMd5IsMd5WhateverIsSet() throws Exception {
        assertEquals(
                ExitStatus.OK,
                shell.run("set digest sha-256", "put a", "verify --write-sums sums a", "verify --sums sums"));
        assertEquals(MD5_OF_ABC + "  a\n", Files.readString(folder.resolve("sums")));
    }

    @Test
    void anOldServerIsNotAskedForWhatItDoesNotKnow() throws Exception {
        try (FakeServer old = new FakeServer()) {
            shell.target = Target.of(old.address(), "alice");
            assertEquals(ExitStatus.OK, shell.run("set digest sha-256", "put a", "get a again", "verify a"));
            assertTrue(shell.out().contains("a  3 B  MD5 ok"), () -> String.join("\n", shell.out()));
        }
    }
}
