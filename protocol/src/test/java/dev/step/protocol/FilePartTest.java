package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FilePartTest {
    private static final int SIZE = 300_000;
    /** More than any socket's buffers hold. */
    private static final int LARGE = 256 << 20;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private FileChannel file;
    private SocketChannel channel;
    private SocketChannel peer;

    @BeforeEach
    void connect() throws IOException {
        new Random(SIZE).nextBytes(content);
        Path path = Files.write(folder.resolve("f"), content);
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel = SocketChannel.open(listener.getLocalAddress());
            peer = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        peer.close();
        file.close();
    }

    @Test
    void isReadFromItsPlace() throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1000).position(10);
        new FilePart(file, 5000, 990).readInto(target);
        assertArrayEquals(part(5000, 5990), Arrays.copyOfRange(target.array(), 10, 1000));
    }

    @Test
    void isSentFromItsPlace() throws IOException {
        new FilePart(file, 5000, 990).sendTo(channel);
        assertArrayEquals(part(5000, 5990), read(990));
    }

    @Test
    void endsBehindTheFileAndCannotBeRead() {
        FilePart part = new FilePart(file, SIZE - 500, 1000);
        IOException e = assertThrows(UnreadableFileException.class, () -> part.readInto(ByteBuffer.allocate(1000)));
        assertTrue(e.getMessage().startsWith("it became shorter"), e.getMessage());
    }

    @Test
    void endsBehindTheFileAndIsNotSentWhole() throws IOException {
        FilePart across = new FilePart(file, SIZE - 500, 1000);
        assertThrows(UnreadableFileException.class, () -> across.sendTo(channel));
        assertArrayEquals(part(SIZE - 500, SIZE), read(500));
        assertThrows(UnreadableFileException.class, () -> new FilePart(file, SIZE + 1, 1000).sendTo(channel));
    }

    @Test
    void fileThatCannotBeReadIsNotTakenForALostConnection() throws IOException {
        file.close();
        assertThrows(UnreadableFileException.class, () -> new FilePart(file, 0, SIZE).sendTo(channel));
    }

    @Test
    void lostConnectionIsNotTakenForAFileThatCannotBeRead() throws IOException {
        channel.shutdownOutput();
        IOException e = assertThrows(IOException.class, () -> new FilePart(file, 0, SIZE).sendTo(channel));
        assertFalse(e instanceof UnreadableFileException, e.toString());
    }

    @Test
    void otherEndThatReadsSlowlyGetsAllOfIt() throws Exception {
        file.write(ByteBuffer.allocate(1), LARGE - 1);
        FutureTask<Void> sending = sending();
        ByteBuffer target = ByteBuffer.allocate(1 << 20);
        long got = 0;
        for (int count = peer.read(target); count >= 0; count = peer.read(target.clear())) {
            got += count;
            if (got == LARGE) {
                sending.get();
                channel.shutdownOutput();
            }
        }
        assertEquals(LARGE, got);
    }

    @Test
    void closingTheSenderEndsWhatNobodyTakes() throws Exception {
        file.write(ByteBuffer.allocate(1), LARGE - 1);
        FileSender sender = new FileSender(channel);
        FutureTask<Void> sending = sending(sender);
        read(1 << 20); // so that it has begun
        sender.close();
        ExecutionException e = assertThrows(ExecutionException.class, () -> sending.get(1, TimeUnit.MINUTES));
        assertInstanceOf(IOException.class, e.getCause());
        assertFalse(channel.isOpen());
    }

    private FutureTask<Void> sending() {
        return sending(new FileSender(channel));
    }

    private FutureTask<Void> sending(FileSender sender) {
        FutureTask<Void> sending = new FutureTask<>(() -> {
            sender.send(new FilePart(file, 0, LARGE));
            return null;
        });
        new Thread(sending).start();
        return sending;
    }

    private byte[] part(int from, int end) {
        return Arrays.copyOfRange(content, from, end);
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            assertTrue(peer.read(target) >= 0, "the connection has ended");
        }
        return target.array();
    }
}
