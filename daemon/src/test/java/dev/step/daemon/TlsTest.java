package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static dev.step.daemon.ServerTest.expectNames;
import static dev.step.daemon.ServerTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import dev.step.daemon.disk.WatchedFile;
import dev.step.daemon.tls.SelfSigned;
import dev.step.daemon.tls.ServerTls;
import dev.step.daemon.tls.TlsFiles;
import dev.step.protocol.tls.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and plain text on one port. */
final class TlsTest {
    private static final List<String> REFUSED_BY_SERVER = List.of(
            "-tls1 -cipher ALL:@SECLEVEL=0",
            "-tls1_1 -cipher ALL:@SECLEVEL=0",
            "-tls1_2 -cipher kRSA:@SECLEVEL=0",
            "-tls1_2 -cipher AES128-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0",
            "-tls1_2 -cipher DHE:@SECLEVEL=0",
            "-tls1_2 -cipher aNULL:eNULL:@SECLEVEL=0",
            "-tls1_2 -cipher PSK:@SECLEVEL=0");

    @TempDir
    Path folder;

    private TlsFiles files;

    @BeforeEach
    void makeCertificate() throws IOException {
        files = TlsFiles.ofStore(Files.createDirectory(folder.resolve("certificate")));
        SelfSigned.write(files, List.of("localhost", "127.0.0.1", "::1"), Clock.systemUTC());
    }

    @Test
    void onePortSpeaksBothAndTheyShareOneStore() throws IOException {
        try (RunningServer server = start(Plaintext.LOOPBACK);
                RawClient plain = server.login("user");
                RawClient encrypted = RawClient.connectTls(server.address())) {
            encrypted.login("user");
            byte[] content = Content.of(1_000_000, 1);
            expect(200, encrypted.put("k", content));
            expect(200, plain.ask("FILE GET", "{'key':'k'}"));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            for (int index = 0; index < 49; index++) {
                expect(200, encrypted.ask("FILE DOWNLOAD", "{'key':'k','block_index':" + index + "}"));
                read.write(encrypted.binary());
            }
            assertEquals(content.length, read.size());
            assertTrue(java.util.Arrays.equals(content, read.toByteArray()));
            expect(200, encrypted.ask("DATA BYE", "{}"));
            assertTrue(encrypted.isClosedByServer());
        }
    }

    /** What a scanner of TLS servers would try, while somebody who knows nothing of TLS uses the same port. */
    @Test
    void opensslSpeaksOnlyWhatIsSafeAndAnOldClientUsesTheSamePort() throws Exception {
        OpenSsl.assumeInstalled();
        byte[] content = Content.of(30_000, 1);
        try (RunningServer server = start(Plaintext.LOOPBACK);
                RawClient old = server.login("user")) {
            expect(200, old.ask("FILE SAVE", "{'key':'k','size':30000}"));
            expect(200, old.putBlock("k", content, 0, 20_480));
            assertConverses(server, "-tls1_2", "ECDHE-ECDSA-");
            assertConverses(server, "-tls1_3", "TLS_");
            for (String options : REFUSED_BY_SERVER) {
                assertRefused(server, options);
            }
            assertRenegotiationIsRefused(server);
            assertDowngradeIsSeen(server);
            JsonObject last = expect(200, old.putBlock("k", content, 1, 20_480));
            assertEquals(Content.md5(content), text(last, "md5"));
        }
    }

    private static void assertConverses(RunningServer server, String version, String suites) throws Exception {
        byte[] login = RawClient.frame(RawClient.loginFields("user").toString());
        byte[] bye = RawClient.frame("{\"type\":\"AUTH\",\"operation\":\"BYE\",\"direction\":\"REQUEST\"}");
        String said = OpenSsl.connect(server.address(), concat(login, bye), version, "-ign_eof");
        assertTrue(said.contains("\"token\":") && said.contains("\"BYE\""), version + ": " + said);
        assertTrue(said.contains("Cipher is " + suites), said);
        assertTrue(said.contains("Compression: NONE"), said);
    }

    private static void assertRefused(RunningServer server, String options) throws Exception {
        String said = OpenSsl.connect(server.address(), new byte[0], options.split(" "));
        assertTrue(said.contains("Cipher is (NONE)") || said.contains("Error"), options + ": " + said);
    }

    /** It would have the server do the costly part of a handshake again and again. */
    private static void assertRenegotiationIsRefused(RunningServer server) throws Exception {
        byte[] renegotiate = "R\n".getBytes(StandardCharsets.US_ASCII);
        String said = OpenSsl.connect(server.address(), renegotiate, "-tls1_2", "-no_ign_eof");
        assertTrue(said.contains("Cipher is ECDHE"), said);
        assertTrue(said.contains("RENEGOTIATING") && said.contains("alert handshake failure"), said);
    }

    /** One who is in between, and makes both ends believe that the other knows no better than TLS 1.2. */
    private static void assertDowngradeIsSeen(RunningServer server) throws Exception {
        String said = OpenSsl.connect(server.address(), new byte[0], "-tls1_2", "-fallback_scsv");
        assertTrue(said.contains("inappropriate fallback"), said);
    }

    @Test
    void opensslKnowsTheKeyByTheSameFingerprint() throws Exception {
        OpenSsl.assumeInstalled();
        String command = "openssl x509 -in " + files.certificate() + " -noout -pubkey"
                + " | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | openssl base64 -A";
        Process process = new ProcessBuilder("sh", "-c", command).start();
        String digest = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals("SHA256:" + digest.replace("=", ""), tls().fingerprint().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional",
                "genrsa",
                "ecparam -genkey -noout -name secp384r1",
                "genpkey -algorithm ED25519"
            })
    void keysThatOthersMadeAreRead(String generate) throws Exception {
        OpenSsl.assumeInstalled();
        String key = files.key().toString();
        String certificate = files.certificate().toString();
        Files.delete(files.key());
        OpenSsl.run(new byte[0], List.of((generate + " -out " + key).split(" ")));
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
        OpenSsl.run(
                new byte[0],
                List.of("req", "-x509", "-key", key, "-out", certificate, "-subj", "/CN=localhost", "-days", "2"));
        try (RunningServer server = start(Plaintext.DENY);
                RawClient client = RawClient.connectTls(server.address())) {
            client.login("user");
            assertEquals(Fingerprint.of(client.certificate()), tls().fingerprint());
        }
    }

    @Test
    void plainTextIsRefusedWithTheReasonAndTheConnectionCloses() throws IOException {
        try (RunningServer server = start(Plaintext.DENY);
                RawClient plain = server.connect();
                RawClient encrypted = RawClient.connectTls(server.address())) {
            JsonObject refusal = expect(403, plain.ask(RawClient.loginFields("user"), new byte[100_000]));
            expectNames("LOGIN", "AUTH", refusal);
            assertTrue(refusal.get("status_msg").getAsString().contains("TLS"), refusal.toString());
            assertTrue(plain.isClosedByServer());
            encrypted.login("user");
        }
    }

    @Test
    void byDefaultOnlyClientsOnThisMachineMayDoWithoutTls() throws IOException {
        InetAddress beyond = addressThatIsNotLoopback();
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        for (Plaintext rule : Plaintext.values()) {
            ConnectionRules rules = new ConnectionRules(Optional.of(tls()), rule, ServerLimits.DEFAULT);
            try (RunningServer server = RunningServer.on(folder.resolve("store " + rule), everywhere, rules);
                    RawClient near = RawClient.connect(new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), server.address().getPort()));
                    RawClient far = RawClient.connect(
                            new InetSocketAddress(beyond, server.address().getPort()));
                    RawClient encrypted = RawClient.connectTls(
                            new InetSocketAddress(beyond, server.address().getPort()))) {
                expect(rule == Plaintext.DENY ? 403 : 200, near.ask(RawClient.loginFields("user")));
                expect(rule == Plaintext.ALLOW ? 200 : 403, far.ask(RawClient.loginFields("user")));
                encrypted.login("user");
            }
        }
    }

    @Test
    void certificateIsReplacedWithoutDroppingConnections() throws IOException {
        try (RunningServer server = start(Plaintext.LOOPBACK);
                RawClient before = RawClient.connectTls(server.address())) {
            before.login("user");
            SelfSigned.write(files, List.of("localhost"), Clock.systemUTC());
            try (RawClient after = RawClient.connectTls(server.address())) {
                after.login("user");
                assertNotEquals(Fingerprint.of(before.certificate()), Fingerprint.of(after.certificate()));
                assertEquals(tls().fingerprint(), Fingerprint.of(after.certificate()));
            }
            expect(404, before.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void certificateWithoutItsKeyIsNotUsed() throws IOException {
        TlsFiles other = TlsFiles.ofStore(Files.createDirectory(folder.resolve("other")));
        SelfSigned.write(other, List.of("localhost"), Clock.systemUTC());
        try (RunningServer server = start(Plaintext.LOOPBACK);
                RawClient before = RawClient.connectTls(server.address())) {
            Files.copy(other.certificate(), files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            WatchedFile.awaitNoticed();
            try (RawClient between = RawClient.connectTls(server.address())) {
                assertEquals(Fingerprint.of(before.certificate()), Fingerprint.of(between.certificate()));
            }
            assertThrows(IOException.class, this::tls);
        }
    }

    @Test
    void keyThatOthersCanReadIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
        IOException failure = assertThrows(IOException.class, this::tls);
        assertTrue(failure.getMessage().contains("chmod"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100, 100_000})
    void whatOnlyBeginsLikeTlsIsClosed(int length) throws IOException {
        byte[] noise = Content.of(length, 7);
        noise[0] = 0x16;
        try (RunningServer server = start(Plaintext.LOOPBACK)) {
            for (boolean plausible : new boolean[] {false, true}) {
                try (java.net.Socket socket = new java.net.Socket()) {
                    socket.connect(server.address());
                    socket.setSoTimeout(20_000);
                    if (plausible && length > 5) {
                        System.arraycopy(new byte[] {0x16, 3, 1, 0x40, 0}, 0, noise, 0, 5);
                    }
                    socket.getOutputStream().write(noise);
                    socket.shutdownOutput();
                    readToTheEnd(socket);
                } catch (java.net.SocketException e) {
                    // closed while we were still writing: as good
                }
            }
            RawClient.connectTls(server.address()).close();
        }
    }

    private static void readToTheEnd(java.net.Socket socket) throws IOException {
        socket.getInputStream().readAllBytes();
    }

    private RunningServer start(Plaintext plaintext) throws IOException {
        return RunningServer.on(
                folder.resolve("store"),
                new InetSocketAddress("127.0.0.1", 0),
                new ConnectionRules(Optional.of(tls()), plaintext, ServerLimits.DEFAULT));
    }

    private ServerTls tls() throws IOException {
        return ServerTls.of(files.certificate(), files.key());
    }

    private static InetAddress addressThatIsNotLoopback() throws IOException {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(found.isPresent(), "this machine has no other address than loopback");
        return found.get();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
