package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.step.daemon.StepServer;
import dev.step.daemon.auth.OpenLogin;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.disk.DiskStore;
import dev.step.daemon.tls.SelfSigned;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real shell, and what its configuration says about servers that know no TLS, or show a certificate. */
@Timeout(120)
final class ProtectionIT {
    private static final ConnectionRules NO_TLS =
            new ConnectionRules(Optional.empty(), Plaintext.ALLOW, ServerLimits.DEFAULT);

    @TempDir
    Path folder;

    private Path home;
    private Path config;
    private StepShell shell;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        config = Files.createDirectories(home.resolve("config/step")).resolve("config");
        shell = StepShell.in(Files.createDirectory(folder.resolve("work")), home);
    }

    @Test
    void profileRemembersPlaintextForItsOwnServerOnly() throws Exception {
        String beyond = addressThatIsNotLoopback();
        try (StepServer old = server("old", NO_TLS);
                StepServer other = server("other", NO_TLS)) {
            HostAndPort remembered = new HostAndPort(beyond, old.address().getPort());
            HostAndPort unknown = new HostAndPort(beyond, other.address().getPort());
            Files.writeString(config, "user = alice\n[old]\nserver = " + remembered + "\nplaintext = on\n");
            StepShell.Result result = shell.run("whoami", "old");
            assertEquals(0, result.status(), result.err());
            result = shell.run("connect " + unknown + "\nwhoami", "old");
            assertEquals(3, result.status(), result.err());
            assertTrue(result.err().contains("TLS"), result.err());
            result = shell.run("whoami", "--server", unknown.toString());
            assertEquals(3, result.status(), result.err());
            result = shell.run("whoami", "--server", unknown.toString(), "--plaintext");
            assertEquals(0, result.status(), result.err());
        }
    }

    @Test
    void profileRemembersWhoVouchesForItsServer() throws Exception {
        TlsFiles ours = certificate("ours");
        TlsFiles others = certificate("others");
        ServerTls tls = ServerTls.of(ours.certificate(), ours.key());
        try (StepServer server =
                server("store", new ConnectionRules(Optional.of(tls), Plaintext.DENY, ServerLimits.DEFAULT))) {
            String address = "\nserver = 127.0.0.1:" + server.address().getPort() + "\ntls = on\n";
            Files.writeString(
                    config,
                    "user = alice\n[right]" + address + "ca = " + ours.certificate() + "\n[wrong]" + address + "ca = "
                            + others.certificate() + "\n[pinned]" + address);
            StepShell.Result result = shell.run("whoami", "right");
            assertEquals(0, result.status(), result.err());
            assertFalse(result.err().contains("first time"), result.err());
            result = shell.run("whoami", "wrong");
            assertEquals(3, result.status(), result.err());
            assertTrue(result.err().contains("cannot trust"), result.err());
            result = shell.run("whoami", "pinned");
            assertEquals(0, result.status(), result.err());
            assertTrue(result.err().contains(tls.fingerprint().toString()), result.err());
        }
    }

    @Test
    void mistakesAreTold() throws Exception {
        Files.writeString(config, "[a]\nplaintext = yes\n[b]\nplaintext = on\ntls = on\n");
        assertEquals(
                "step-shell: " + config + ":2: plaintext can be on|off, not \"yes\"\n",
                shell.run("", "a").err());
        assertEquals(
                "step-shell: " + config + ": plaintext and tls exclude each other\n",
                shell.run("", "b").err());
    }

    private StepServer server(String store, ConnectionRules rules) throws IOException {
        return StepServer.start(
                new InetSocketAddress("0.0.0.0", 0),
                DiskStore.open(new RealDisk(), folder.resolve(store)),
                new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC())),
                rules);
    }

    private TlsFiles certificate(String name) throws IOException {
        TlsFiles files = TlsFiles.ofStore(Files.createDirectory(folder.resolve(name)));
        SelfSigned.write(files, List.of("127.0.0.1"), Clock.systemUTC());
        return files;
    }

    private static String addressThatIsNotLoopback() throws IOException {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(found.isPresent(), "this machine has no other address than loopback");
        return found.get().getHostAddress();
    }
}
