package dev.step.daemon.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.protocol.FilePart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClientDeadlineTest {
    /** More than any socket's buffers hold. */
    private static final int LARGE = 256 << 20;

    private static final ServerLimits NO_TIME = new ServerLimits(1, 1, 1, Duration.ofMinutes(10), Duration.ofNanos(1));

    @TempDir
    Path folder;

    /** It waits in the system, where closing the socket alone would not end it. */
    @Test
    void clientThatDoesNotTakeAFileIsCutOff() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                FileChannel file = FileChannel.open(
                        folder.resolve("f"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), LARGE - 1);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(listener.getLocalAddress());
                    PeerChannel channel = new PeerChannel(
                            listener.accept(), Optional.empty(), new ConnectionTraffic(new ServerTraffic()))) {
                ClientDeadline deadline = new ClientDeadline(channel, NO_TIME, JsonBudget.ofMemory());
                FutureTask<Void> sending = new FutureTask<>(() -> {
                    channel.send(new FilePart(file, 0, LARGE));
                    return null;
                });
                new Thread(sending).start();
                client.read(ByteBuffer.allocate(1)); // so that it has begun
                deadline.answerBegins(0);
                deadline.check();
                ExecutionException e = assertThrows(ExecutionException.class, () -> sending.get(1, TimeUnit.MINUTES));
                assertInstanceOf(IOException.class, e.getCause());
                assertFalse(channel.isOpen());
            }
        }
    }
}
