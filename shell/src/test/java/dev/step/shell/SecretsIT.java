package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.StepServer;
import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server with accounts and real shells leave behind, and show to others while they run. */
@Timeout(120)
final class SecretsIT {
    private static final String PASSWORD = "c0rrect-h0rse";
    private static final String WRONG = "batt3ry-staple";

    @TempDir
    Path folder;

    private StepServer server;
    private StepShell shell;
    private String address;

    @BeforeEach
    void start() throws IOException {
        Path store = folder.resolve("store");
        DiskStore files = DiskStore.open(new RealDisk(), store);
        Accounts accounts = new Accounts(Accounts.ofStore(store));
        accounts.add(new UserName("alice"), PASSWORD);
        Clock clock = Clock.systemUTC();
        SignedTokens tokens =
                SignedTokens.withKeys(TokenKeys.in(TokenKeys.ofStore(store), clock), Duration.ofHours(1), clock);
        server = StepServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                files,
                new AccountLogin(accounts, tokens, clock));
        address = "127.0.0.1:" + server.address().getPort();
        Path home = Files.createDirectory(folder.resolve("home"));
        shell = StepShell.in(Files.createDirectory(folder.resolve("work")), home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void passwordIsNowhereButWhereItsOwnerPutIt() throws Exception {
        Path password = folder.resolve("work/password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("work/f"), "content");
        String commands = "put f\nls\n-get none\n-login --password-command 'echo x' alice\nhistory\n";
        StepShell.Result result =
                shell.run(commands, "--server", address, "--user", "alice", "--password-file", "password");
        String said = result.out() + result.err();
        assertTrue(said.contains("f  "), said);
        StepShell.Result wrong = shell.with("STEP_PASSWORD", WRONG).run("ls", "--server", address, "--user", "alice");
        assertEquals(4, wrong.status(), wrong.err());
        said += wrong.out() + wrong.err();
        for (String secret : secrets()) {
            assertFalse(said.contains(secret), said);
            assertEquals(secret.equals(PASSWORD) ? List.of(password) : List.of(), filesWith(secret));
        }
    }

    @Test
    void processListDoesNotShowThePassword() throws Exception {
        try (OpenShell open = shell.with("STEP_PASSWORD", PASSWORD).open("--server", address, "--user", "alice")) {
            open.write("whoami\n");
            open.awaitOutput("alice  " + address);
            String commandLine = Files.readString(Path.of("/proc", Long.toString(open.pid()), "cmdline"));
            assertTrue(commandLine.contains("alice"), commandLine);
            for (String secret : secrets()) {
                assertFalse(commandLine.contains(secret), commandLine);
            }
        }
    }

    private static List<String> secrets() {
        return List.of(PASSWORD, Digest.md5Hex(PASSWORD), WRONG, Digest.md5Hex(WRONG));
    }

    private List<Path> filesWith(String secret) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> contains(file, secret))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
