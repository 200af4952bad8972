package dev.step.daemon.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FragileDiskTest {
    private static final Path HOME = Path.of("/home");
    private static final Path FILE = HOME.resolve("file");
    private static final long FOREVER = Long.MAX_VALUE;
    /** So many that everything has happened that can. */
    private static final int TRIES = 500;

    @Test
    void whatIsSyncedSurvivesAndWhatIsNotMayBeLost() throws IOException {
        Set<String> found = new TreeSet<>();
        Random random = Seed.random();
        for (int i = 0; i < TRIES; i++) {
            FragileDisk disk = new FragileDisk(random);
            Disk process = home(disk);
            DiskFile file = process.create(FILE);
            process.syncFolder(HOME);
            write(file, 0, "ab");
            file.sync();
            write(file, 2, "cd");
            disk.losePower();
            found.add(text(disk.start(FOREVER), FILE).replace('\0', '0'));
        }
        assertEquals(Set.of("ab", "ab0", "abc", "ab00", "abc0", "abcd"), found);
    }

    @Test
    void namesSurviveInTheOrderInWhichTheyWereMade() throws IOException {
        Set<List<String>> found = new HashSet<>();
        Random random = Seed.random();
        for (int i = 0; i < TRIES; i++) {
            FragileDisk disk = new FragileDisk(random);
            Disk process = home(disk);
            process.create(HOME.resolve("1"));
            process.create(HOME.resolve("2"));
            process.syncFolder(HOME);
            process.rename(HOME.resolve("1"), HOME.resolve("3"));
            process.deleteFile(HOME.resolve("2"));
            disk.losePower();
            found.add(disk.start(FOREVER).list(HOME));
        }
        assertEquals(Set.of(List.of("1", "2"), List.of("2", "3"), List.of("3")), found);
    }

    @Test
    void killedProcessLeavesAllItHasWrittenAndDoesNothingMore() throws IOException {
        FragileDisk disk = new FragileDisk(new Random(1));
        Disk killed = home(disk);
        DiskFile file = killed.create(FILE);
        write(file, 0, "bytes");
        disk.stop();

        assertThrows(IOException.class, () -> write(file, 0, "other"));
        assertThrows(IOException.class, () -> killed.deleteFile(FILE));
        assertEquals("bytes", text(disk.start(FOREVER), FILE));
    }

    @Test
    void lastStepOfAWriteWritesAnyPart() throws IOException {
        Set<String> found = new TreeSet<>();
        Random random = Seed.random();
        for (int i = 0; i < TRIES; i++) {
            FragileDisk disk = new FragileDisk(random);
            DiskFile file = home(disk).create(FILE);
            disk.stopAfter(0);
            assertThrows(IOException.class, () -> write(file, 0, "abc"));
            assertTrue(disk.isStopped());
            found.add(text(disk.start(FOREVER), FILE));
        }
        assertEquals(Set.of("", "a", "ab", "abc"), found);
    }

    @Test
    void sameSeedLosesTheSameBytes() throws IOException {
        assertArrayEquals(leftOf(7), leftOf(7));
    }

    private static byte[] leftOf(long seed) throws IOException {
        FragileDisk disk = new FragileDisk(new Random(seed));
        Disk process = home(disk);
        write(process.create(FILE), 0, "x".repeat(10_000));
        process.syncFolder(HOME);
        disk.losePower();
        return text(disk.start(FOREVER), FILE).getBytes(StandardCharsets.US_ASCII);
    }

    private static Disk home(FragileDisk disk) throws IOException {
        Disk process = disk.start(FOREVER);
        process.openHome(HOME);
        return process;
    }

    private static void write(DiskFile file, long position, String text) throws IOException {
        file.write(position, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(Disk disk, Path path) throws IOException {
        DiskFile file = disk.openForReading(path);
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        file.read(0, bytes);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }
}
