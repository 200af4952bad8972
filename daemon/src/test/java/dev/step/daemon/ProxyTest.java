package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.connection.AddressRanges;
import dev.step.daemon.connection.ConnectionRules;
import dev.step.daemon.connection.Plaintext;
import dev.step.daemon.connection.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients behind a load balancer, for which the tests stand in. Where the server takes a client to be shows in whether it
 * takes plain text from there.
 */
@Timeout(60)
final class ProxyTest {
    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    private static final AddressRanges THIS_MACHINE = AddressRanges.parse("192.0.2.1, 127.0.0.0/8");
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 203.0.113.9 198.51.100.1 50000 1379\r\n",
                "PROXY TCP6 2001:db8::9 2001:db8::1 50000 1379\r\n",
                "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"
            })
    void clientIsWhereALineSaysAndNotAtTheProxy(String header) throws IOException {
        expectPlaintextRefused(header.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2111000CCB007109C6336401C3500563", // over IPv4
                "21110010CB007109C6336401C350056304000100", // with more behind the addresses
                "2121002420010DB800000000000000000000000920010DB8000000000000000000000001C3500563" // over IPv6
            })
    void clientIsWhereABinaryHeaderSaysAndNotAtTheProxy(String header) throws IOException {
        expectPlaintextRefused(binary(header));
    }

    private void expectPlaintextRefused(byte[] header) throws IOException {
        try (RunningServer server = start(THIS_MACHINE, ServerLimits.DEFAULT);
                RawClient client = server.connect()) {
            client.sendRaw(header);
            expect(403, client.ask(RawClient.loginFields("alice")));
        }
    }

    /** As its checks whether the server is up do. */
    @Test
    void proxyMaySpeakForItself() throws IOException {
        List<byte[]> headers = List.of(
                "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
                "PROXY UNKNOWN 203.0.113.9 198.51.100.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
                "PROXY TCP4 127.0.0.3 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
                binary("20000000"),
                binary("2011000CCB007109C6336401C3500563"), // whatever it says besides
                binary("2131000400000000")); // a client that has no address
        try (RunningServer server = start(THIS_MACHINE, ServerLimits.DEFAULT)) {
            for (byte[] header : headers) {
                try (RawClient client = server.connect()) {
                    client.sendRaw(header);
                    client.login("alice");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "PROXY TCP4 203.0.113.9\r\n",
                "PROXY TCP4 203.0.113.999 198.51.100.1 50000 1379\r\n",
                "PROXY TCP4 files.example.org 198.51.100.1 50000 1379\r\n",
                "PROXY TCP6 not:an:address 2001:db8::1 50000 1379\r\n",
                "PROXY UDP4 203.0.113.9 198.51.100.1 50000 1379\r\n",
                "PROXY TCP4 203.0.113.9 198.51.100.1 50000 1379 and on, for longer than any header can be, without ever ending so"
            })
    void whatComesWithoutAGoodHeaderIsClosedAndOthersAreNot(String start) throws IOException {
        expectClosed(start.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1111000CCB007109C6336401C3500563", "21110004CB007109"})
    void brokenBinaryHeaderIsClosed(String header) throws IOException {
        expectClosed(binary(header));
    }

    private void expectClosed(byte[] start) throws IOException {
        try (RunningServer server = start(THIS_MACHINE, ServerLimits.DEFAULT);
                RawClient other = server.connect();
                RawClient broken = server.connect()) {
            broken.sendRaw(start);
            assertThrows(IOException.class, broken::answer); // closed, and reset by what was not read
            other.sendRaw("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
            other.login("alice");
        }
    }

    @Test
    void proxyThatSaysNothingHasToGo() throws IOException {
        ServerLimits impatient = new ServerLimits(10, 10, 10, Duration.ofMillis(300), LONG);
        try (RunningServer server = start(THIS_MACHINE, impatient);
                RawClient silent = server.connect()) {
            silent.sendRaw("PROXY TCP4".getBytes(StandardCharsets.US_ASCII));
            assertTrue(silent.isClosedByServer());
        }
    }

    @Test
    void whoIsNoProxyCannotSayWhereItIs() throws IOException {
        try (RunningServer server = start(AddressRanges.parse("127.0.0.2"), ServerLimits.DEFAULT);
                RawClient honest = server.connect();
                RawClient liar = server.connect()) {
            honest.login("alice");
            liar.sendRaw("PROXY TCP4 127.0.0.3 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
            liar.sendRaw(RawClient.frame(RawClient.loginFields("alice").toString()));
            JsonObject answer = liar.answer();
            assertTrue(answer.get("status").getAsInt() >= 400, answer::toString);
        }
    }

    /** The places of an address are its clients', not the proxy's. */
    @Test
    void placesOfAnAddressAreTheClients() throws IOException {
        byte[] near = "PROXY TCP4 127.0.0.3 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] neighbour = "PROXY TCP4 127.0.0.4 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII);
        try (RunningServer server = start(THIS_MACHINE, new ServerLimits(10, 1, 10, LONG, LONG));
                RawClient first = server.connect();
                RawClient second = server.connect();
                RawClient third = server.connect()) {
            first.sendRaw(near);
            first.login("first");
            second.sendRaw(near);
            expect(410, second.answer());
            assertTrue(second.isClosedByServer());
            third.sendRaw(neighbour);
            third.login("third");
        }
    }

    private static byte[] binary(String afterSignature) {
        return HexFormat.of().parseHex(SIGNATURE + afterSignature);
    }

    private RunningServer start(AddressRanges proxies, ServerLimits limits) throws IOException {
        return RunningServer.on(
                folder.resolve("store"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ConnectionRules(Optional.empty(), Plaintext.LOOPBACK, limits, proxies));
    }
}
