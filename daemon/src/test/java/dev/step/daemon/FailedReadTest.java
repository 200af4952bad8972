package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.RealDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that fail on the server's disk give their buffers back: there are few, and who finds none waits. */
@Timeout(120)
final class FailedReadTest {
    private static final int SIZE = 60_000;
    /** For blocks of this size a user may have a quarter of 64 buffers, and no more than that with any heap. */
    private static final int MORE_THAN_A_USERS_BUFFERS = 20;

    private static final String FIRST = "{'key':'k','block_index':0,'block_size':30000}";
    private static final String LAST = "{'key':'k','block_index':1,'block_size':30000}";

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk(new RealDisk());
    private RunningServer server;
    private RawClient client;

    @BeforeEach
    void store() throws IOException {
        server = RunningServer.on(folder.resolve("store"), disk);
        client = server.connect();
        client.loginWithFeatures("user");
        expect(200, client.put("k", Content.of(SIZE, 1)));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void fileThatIsCutOffWhileItIsRead() throws IOException {
        expect(200, client.ask("FILE DOWNLOAD", FIRST));
        for (Path file : contents()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(SIZE / 2);
            }
        }
        failOften();
        expect(200, client.ask("FILE DOWNLOAD", FIRST));
    }

    @Test
    void fileThatCannotBeClosed() throws IOException {
        disk.failClosing(true);
        failOften();
        disk.failClosing(false);
        expect(200, client.ask("FILE DOWNLOAD", LAST));
    }

    private void failOften() throws IOException {
        for (int i = 0; i < MORE_THAN_A_USERS_BUFFERS; i++) {
            expect(500, client.ask("FILE DOWNLOAD", LAST));
        }
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() == SIZE)
                    .toList();
            assertTrue(!found.isEmpty(), "where is the file?");
            return found;
        }
    }
}
