package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.step.protocol.Key;
import dev.step.shell.client.TlsProtection.When;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are who they say they are, and some that are not. */
@Timeout(60)
class TlsProtectionTest {
    private static final Duration LATER_THAN_ANY_TEST = Duration.ofMinutes(5);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
    private Path knownServers;
    private TlsFiles ours;
    private TlsFiles others;

    @BeforeEach
    void makeCertificates() throws IOException {
        knownServers = folder.resolve("new/known_servers");
        ours = certificate("ours", "127.0.0.1");
        others = certificate("others", "127.0.0.1");
    }

    @Test
    void filesGoOverTlsAndTheServerWouldTakeNothingElse() throws Exception {
        ConnectionRules rules = new ConnectionRules(Optional.of(tls(ours)), Plaintext.DENY, ServerLimits.DEFAULT);
        byte[] content = TestFiles.content(3_000_000);
        Path file = TestFiles.write(folder, "f", content);
        Path back = folder.resolve("back");
        try (StepServer server = server(rules)) {
            HostAndPort address = new HostAndPort("127.0.0.1", server.address().getPort());
            try (Session session = session(address, dialer(When.ALWAYS, pinning()))) {
                new Uploader(session, TransferOptions.DEFAULT).put(file, new Key("k"), false, Meter.NONE);
                new Downloader(session, TransferOptions.DEFAULT).get(new Key("k"), back, false, Meter.NONE);
            }
            assertArrayEquals(content, Files.readAllBytes(back));
            ClientException refusal = assertThrows(
                    ClientException.class, () -> session(address, dialer(When.BEYOND_LOOPBACK, pinning())));
            assertTrue(refusal.getMessage().contains("takes no plain text"), refusal.getMessage());
        }
    }

    @Test
    void serverIsShownOnceAndThenKnown() throws Exception {
        try (Listener listener = new Listener(speaking(ours))) {
            dial(listener, pinning()).close();
            String shown = notices.remove();
            assertTrue(shown.contains(tls(ours).fingerprint().toString()), shown);
            dial(listener, pinning()).close();
            assertTrue(notices.isEmpty(), notices.toString());
            assertEquals(List.of(listener.address() + " " + tls(ours).fingerprint()), Files.readAllLines(knownServers));
        }
    }

    @Test
    void serverWithAnotherKeyIsRefusedAndHearsNothing() throws Exception {
        try (Listener listener = new Listener(speaking(ours))) {
            dial(listener, pinning()).close();
            listener.heard();
            listener.greetWith(speaking(others));
            Dialer dialer = dialer(When.ALWAYS, pinning());
            ClientException refusal = assertThrows(ClientException.class, () -> session(listener.address(), dialer));
            assertEquals(Problem.UNTRUSTED, refusal.problem());
            assertTrue(refusal.getMessage().startsWith("DANGER"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("line 1 of " + knownServers), refusal.getMessage());
            assertEquals(0, listener.heard().length);
            assertEquals(1, Files.readAllLines(knownServers).size());
        }
    }

    @Test
    void serverThatAuthoritiesVouchForIsTrusted() throws Exception {
        try (Listener listener = new Listener(speaking(ours))) {
            dial(listener, CertificateAuthorities.in(ours.certificate())).close();
            assertTrue(notices.isEmpty(), notices.toString());
            assertFalse(Files.exists(knownServers));
        }
    }

    @Test
    void serverThatNobodyVouchesForIsRefusedAndHearsNothing() throws Exception {
        Trust trust = CertificateAuthorities.in(ours.certificate());
        assertUntrusted(others, trust);
    }

    @Test
    void certificateOfAnotherHostIsRefused() throws Exception {
        TlsFiles elsewhere = certificate("elsewhere", "files.example.org");
        assertUntrusted(elsewhere, CertificateAuthorities.in(elsewhere.certificate()));
    }

    private void assertUntrusted(TlsFiles shown, Trust trust) throws Exception {
        try (Listener listener = new Listener(speaking(shown))) {
            ClientException refusal =
                    assertThrows(ClientException.class, () -> session(listener.address(), dialer(When.ALWAYS, trust)));
            assertEquals(Problem.UNTRUSTED, refusal.problem(), refusal.getMessage());
            assertEquals(0, listener.heard().length);
        }
    }

    @Test
    void oneWhoAnswersInPlainTextDoesNotGetThePasswordInPlainText() throws Exception {
        try (Listener listener = new Listener(accepted -> {
            accepted.getOutputStream().write("\0\0\0\2\0\0\0\0{}".getBytes());
            return accepted;
        })) {
            ClientException failure = assertThrows(
                    ClientException.class, () -> session(listener.address(), dialer(When.ALWAYS, pinning())));
            assertEquals(Problem.CANNOT_CONNECT, failure.problem());
            assertTrue(failure.getMessage().contains("TLS"), failure.getMessage());
            String heard = new String(listener.heard(), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertEquals(0x16, heard.charAt(0));
            assertFalse(heard.contains("LOGIN"));
        }
    }

    @Test
    void serverThatNeverAnswersBringsAHintAndNoFallBack() throws Exception {
        try (Listener listener = new Listener(accepted -> accepted)) {
            Protection protection = new TlsProtection(When.ALWAYS, pinning(), AT_ONCE, notice -> {
                notices.add(notice);
                try {
                    listener.hangUp();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThrows(ClientException.class, () -> session(listener.address(), Dialer.DEFAULT.with(protection)));
            String hint = notices.poll(30, TimeUnit.SECONDS);
            assertTrue(hint != null && hint.contains("--plaintext"), hint);
            assertFalse(new String(listener.heard(), java.nio.charset.StandardCharsets.ISO_8859_1).contains("LOGIN"));
        }
    }

    @Test
    void plainTextIsSpokenOnThisMachineOrWhenTheUserSaysSo() throws Exception {
        try (StepServer server = server(ConnectionRules.LOCAL)) {
            HostAndPort address = new HostAndPort("127.0.0.1", server.address().getPort());
            for (When when : List.of(When.BEYOND_LOOPBACK, When.NEVER)) {
                session(address, dialer(when, pinning())).close();
            }
            assertFalse(Files.exists(knownServers));
        }
    }

    private Trust pinning() {
        return new KnownServers(knownServers, notices::add);
    }

    private Connection dial(Listener listener, Trust trust) throws ClientException {
        return new Dialing(dialer(When.ALWAYS, trust)).dial(listener.address());
    }

    private Dialer dialer(When when, Trust trust) {
        return Dialer.DEFAULT.with(new TlsProtection(when, trust, LATER_THAN_ANY_TEST, notices::add));
    }

    private Session session(HostAndPort address, Dialer dialer) throws ClientException {
        Account account = new Account(address, "user", "user");
        return Session.open(() -> account, dialer, notices::add);
    }

    private StepServer server(ConnectionRules rules) throws IOException {
        return StepServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                DiskStore.open(new RealDisk(), folder.resolve("store")),
                new OpenLogin(SignedTokens.withFreshKey(Duration.ofHours(1), Clock.systemUTC())),
                rules);
    }

    private TlsFiles certificate(String name, String host) throws IOException {
        TlsFiles files = TlsFiles.ofStore(Files.createDirectory(folder.resolve(name)));
        SelfSigned.write(files, List.of(host), Clock.systemUTC());
        return files;
    }

    private static Listener.Greeting speaking(TlsFiles files) throws IOException {
        ServerTls tls = tls(files);
        return accepted -> {
            SSLSocket socket = (SSLSocket) tls.context().getSocketFactory().createSocket(accepted, null, true);
            socket.startHandshake();
            return socket;
        };
    }

    private static ServerTls tls(TlsFiles files) throws IOException {
        return ServerTls.of(files.certificate(), files.key());
    }
}
