package dev.step.daemon.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    private final Disk disk = new RealDisk();

    @TempDir
    private Path temporary;

    private Path home;

    @BeforeEach
    void openHome() throws IOException {
        home = disk.openHome(temporary.resolve("a/b"));
    }

    @Test
    void bytesAreReadWhereTheyWereWritten() throws IOException {
        try (DiskFile file = disk.create(home.resolve("f"))) {
            file.write(5, bytes("later"));
            file.write(0, bytes("first"));
            file.sync();
            assertEquals(10, file.size());
            assertEquals("tlat", read(file, 4, 4));
            assertEquals("er", read(file, 8, 4), "the end of the file ends the reading");
            file.truncate(6);
            assertEquals("firstl", read(file, 0, 100));
        }
    }

    @Test
    void filesAndFoldersAreClosedToOthers() throws IOException {
        disk.create(home.resolve("f")).close();
        disk.createFolder(home.resolve("d"));

        for (String name : List.of("f", "d")) {
            var permissions = Files.getPosixFilePermissions(home.resolve(name));
            assertFalse(permissions.contains(PosixFilePermission.OTHERS_READ), name);
            assertFalse(permissions.contains(PosixFilePermission.GROUP_WRITE), name);
        }
    }

    @Test
    void aNameIsTakenOnlyOnce() throws IOException {
        disk.create(home.resolve("x")).close();

        assertThrows(FileAlreadyExistsException.class, () -> disk.create(home.resolve("x")));
        assertThrows(FileAlreadyExistsException.class, () -> disk.createFolder(home.resolve("x")));
        assertThrows(NoSuchFileException.class, () -> disk.openForReading(home.resolve("y")));
        assertThrows(NoSuchFileException.class, () -> disk.openForWriting(home.resolve("y")));
    }

    @Test
    void aRenameTakesTheOtherFilesPlace() throws IOException {
        create("old", "old");
        create("new", "new");

        disk.rename(home.resolve("new"), home.resolve("old"));
        disk.syncFolder(home);

        assertEquals(List.of("old"), disk.list(home));
        assertEquals("new", Files.readString(home.resolve("old")));
    }

    @Test
    void linksAreNeitherFollowedNorMistaken() throws IOException {
        create("secret", "secret");
        Files.createSymbolicLink(home.resolve("link"), home.resolve("secret"));
        Files.createSymbolicLink(home.resolve("nowhere"), home.resolve("nothing"));

        assertEquals(PathKind.OTHER, disk.kind(home.resolve("link")));
        assertEquals(PathKind.OTHER, disk.kind(home.resolve("nowhere")));
        assertThrows(FileSystemException.class, () -> disk.openForReading(home.resolve("link")));
        assertThrows(FileSystemException.class, () -> disk.openForWriting(home.resolve("link")));
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(home.resolve("nowhere")));
        disk.deleteFile(home.resolve("link"));
        assertEquals("secret", Files.readString(home.resolve("secret")));
    }

    @Test
    void homeMayBeReachedThroughALink() throws IOException {
        Files.createSymbolicLink(temporary.resolve("link"), home);

        assertEquals(home, disk.openHome(temporary.resolve("link")));
    }

    @Test
    void onlyAnEmptyFolderIsDeleted() throws IOException {
        disk.createFolder(home.resolve("d"));
        create("d/f", "");

        assertFalse(disk.deleteFolder(home.resolve("d")));
        disk.deleteFile(home.resolve("d/f"));
        assertTrue(disk.deleteFolder(home.resolve("d")));
        assertEquals(PathKind.NOTHING, disk.kind(home.resolve("d")));
    }

    @Test
    void aLockIsHeldOnceUntilItIsClosed() throws IOException {
        Path file = home.resolve("lock");
        Optional<Closeable> first = disk.lock(file);

        assertTrue(first.isPresent());
        assertTrue(disk.lock(file).isEmpty());
        assertTrue(new RealDisk().lock(file).isEmpty(), "another disk of the same process");
        assertTrue(isLockedForOthers(file), "trying again has not lost the process its lock");
        first.get().close();
        assertFalse(isLockedForOthers(file));
        disk.lock(file).orElseThrow().close();
    }

    /** What the kernel would tell another process. */
    private static boolean isLockedForOthers(Path file) throws IOException {
        String inode = String.valueOf(Files.getAttribute(file, "unix:ino"));
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains(" POSIX ") && line.contains(":" + inode + " "));
    }

    private void create(String name, String content) throws IOException {
        try (DiskFile file = disk.create(home.resolve(name))) {
            file.write(0, bytes(content));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String read(DiskFile file, long position, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        int read = file.read(position, target);
        return new String(target.array(), 0, read);
    }
}
