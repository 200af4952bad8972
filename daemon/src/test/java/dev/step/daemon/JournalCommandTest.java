package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.journal.ClientFile;
import dev.step.daemon.journal.ContentCheck;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecord;
import dev.step.daemon.journal.JournalWriter;
import dev.step.daemon.journal.UploadId;
import dev.step.daemon.journal.UploadIdentity;
import dev.step.daemon.journal.UploadTarget;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.Key;
import dev.step.protocol.UserName;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class JournalCommandTest {
    private static final UploadId ID = new UploadId(0x10, 0x20);
    private static final int CRC_OF_ZERO_BYTE = 0x527D5351;

    @TempDir
    private Path root;

    private final RealDisk disk = new RealDisk();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void beginAnUploadOfTwoBytesOfWhichOneIsThere() throws IOException {
        Path folder = root.resolve("uploads").resolve(ID.toString());
        Files.createDirectories(folder);
        Files.write(folder.resolve("data"), new byte[1]);
        JournalHeader header = new JournalHeader(
                new UploadIdentity(ID, 1, 1, Instant.EPOCH),
                new UploadTarget(new UserName("bob"), new Key("two"), false),
                new BlockPlan(2, 1),
                ContentCheck.CORE,
                ClientFile.UNKNOWN);
        try (JournalWriter writer = JournalWriter.begin(disk.create(folder.resolve("journal")), header)) {
            writer.append(new JournalRecord.Block(0, CRC_OF_ZERO_BYTE));
        }
    }

    @Test
    void lsShowAndCheckLookWithoutChangingAnything() throws IOException {
        Map<Path, String> before = snapshot();
        assertEquals(0, run("ls", root.toString()));
        assertTrue(out.toString().contains(ID + "  bob   two  2     1/2     50%"), out::toString);
        assertEquals(0, run("show", root.toString(), ID.toString()));
        assertTrue(out.toString().contains("block 0, CRC32C 527d5351"), out::toString);
        assertEquals(0, run("check", root.toString()));
        assertTrue(out.toString().contains("uploads: 1, damaged: 0"), out::toString);
        assertEquals(before, snapshot());
        assertEquals("", err.toString());
    }

    @Test
    void checkExitsWith1WhenABlockIsDamaged() throws IOException {
        try (DiskFile data = disk.openForWriting(
                root.resolve("uploads").resolve(ID.toString()).resolve("data"))) {
            data.write(0, ByteBuffer.wrap(new byte[] {1}));
        }
        assertEquals(1, run("check", root.toString()));
    }

    @Test
    void storeInUseIsSaidAndReadAllTheSame() throws IOException {
        Closeable lock = disk.lock(root.resolve("lock")).orElseThrow();
        try (lock) {
            assertEquals(0, run("check", root.toString()));
        }
        assertTrue(err.toString().contains("in use"), err::toString);
        assertTrue(out.toString().contains("damaged: 0"), out::toString);
    }

    @Test
    void folderThatIsNoStoreAndUploadThatIsNotThereFail() {
        assertEquals(1, run("ls", root.resolve("uploads").toString()));
        assertEquals(1, run("show", root.toString(), "10"));
        assertEquals(1, run("show", root.toString(), new UploadId(3, 4).toString()));
        assertEquals(2, run("show", root.toString()));
        assertEquals(2, run());
    }

    private int run(String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> 1)
                .execute(arguments);
    }

    /** Every file and folder, with its time of change and its bytes. */
    private Map<Path, String> snapshot() throws IOException {
        Map<Path, String> snapshot = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String bytes = Files.isDirectory(path) ? "" : HexFormat.of().formatHex(Files.readAllBytes(path));
                snapshot.put(path, Files.getLastModifiedTime(path) + " " + bytes);
            }
        }
        return snapshot;
    }
}
