package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.step.protocol.FilePart;
import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import dev.step.protocol.UnreadableFileException;
import dev.step.protocol.message.UploadBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that sends a file as it is. */
class SendingFileTest {
    private static final byte[] CONTENT = TestFiles.content(300_000);
    private static final UploadBlock REQUEST = UploadBlock.plain(new Key("k"), 0);
    /** More than any socket's buffers hold. */
    private static final int LARGE = 256 << 20;

    @TempDir
    Path folder;

    private FileChannel file;
    private Connection connection;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        Path path = TestFiles.write(folder, "f", CONTENT);
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
            HostAndPort address = new HostAndPort("127.0.0.1", listener.getLocalPort());
            connection = new Connection(address, channel, Optional.empty(), Duration.ofMinutes(10), new LineDelay());
            peer = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        peer.close();
        file.close();
    }

    @Test
    void aFileThatIsShorterThanAnnouncedIsNotTakenForALostConnection() {
        FilePart part = new FilePart(file, 0, CONTENT.length + 1);
        IOException e = assertThrows(UnreadableFileException.class, () -> connection.send(REQUEST, part));
        assertEquals("it became shorter while it was sent; send it again when it is at rest", e.getMessage());
    }

    @Test
    void closingTheConnectionEndsASendThatNobodyTakes() throws Exception {
        file.write(ByteBuffer.allocate(1), LARGE - 1);
        FutureTask<Void> sending = new FutureTask<>(() -> {
            connection.send(REQUEST, new FilePart(file, 0, LARGE));
            return null;
        });
        new Thread(sending).start();
        peer.getInputStream().readNBytes(1 << 20); // so that it has begun
        connection.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> sending.get(1, TimeUnit.MINUTES));
        assertInstanceOf(ConnectionLostException.class, e.getCause());
    }
}
