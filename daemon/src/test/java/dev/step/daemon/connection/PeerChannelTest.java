package dev.step.daemon.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PeerChannelTest {
    private static final String HERE = "127.0.0.1";

    /** All of 127.0.0.0/8 is this machine on Linux, so that a client of another address can be had without a network. */
    @ParameterizedTest
    @CsvSource({HERE + ", false", "127.0.0.2, true"})
    void filesGoFromTheDiskToAnotherAddressOnly(String client, boolean takesFiles) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(HERE, 0));
                SocketChannel far = SocketChannel.open().bind(new InetSocketAddress(client, 0))) {
            far.connect(listener.getLocalAddress());
            try (PeerChannel near =
                    new PeerChannel(listener.accept(), Optional.empty(), new ConnectionTraffic(new ServerTraffic()))) {
                assertEquals(takesFiles, near.takesFiles());
            }
        }
    }
}
