package dev.step.daemon.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for their owner's eyes only, and who owns them. */
final class PrivateFileTest {
    private static final int SOMEBODY_ELSE = 54_321;

    @TempDir
    Path folder;

    @Test
    void contentIsReadBackAndNobodyElseCanReadIt() throws IOException {
        PrivateFile file = new PrivateFile(folder.resolve("f"));
        assertEquals(Optional.empty(), file.read());
        file.write(new byte[] {1, 2});
        file.write(new byte[] {3});
        assertArrayEquals(new byte[] {3}, file.read().orElseThrow());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-"})
    void fileThatOthersCanReadOrWriteIsNotRead(String permissions) throws IOException {
        PrivateFile file = new PrivateFile(folder.resolve("f"));
        file.write(new byte[] {1});
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(permissions));
        assertTrue(assertThrows(IOException.class, file::read).getMessage().contains("chmod 600"));
    }

    @Test
    void whoeverEditsAsRootLeavesEverythingToTheFoldersOwner() throws IOException {
        assumeTrue(ProcessUser.id() == ProcessUser.ROOT, "only root can give files away");
        giveAway(folder);
        PrivateFile file = new PrivateFile(folder.resolve("f"));
        try (Closeable lock = file.lock()) {
            file.write(new byte[] {1});
        }
        assertOwnerIsSomebodyElse(file.path());
        assertOwnerIsSomebodyElse(folder.resolve("f.lock"));
        Files.setAttribute(folder, "unix:uid", 0);
        file.write(new byte[] {2});
        assertOwnerIsSomebodyElse(file.path());
    }

    @Test
    void linkThatTheFoldersOwnerPlantedIsNotWrittenThrough() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        Files.createSymbolicLink(folder.resolve("f.new"), victim);
        Files.createSymbolicLink(folder.resolve("f"), victim);
        new PrivateFile(folder.resolve("f")).write(new byte[] {1});
        assertEquals("untouched", Files.readString(victim));
    }

    @Test
    void storeInAFolderOfSomebodyElseIsNotOpened() throws IOException {
        boolean root = ProcessUser.id() == ProcessUser.ROOT;
        Path foreign = root ? folder : Path.of("/");
        if (root) {
            giveAway(folder);
        }
        IOException refusal = assertThrows(IOException.class, () -> new RealDisk().openHome(foreign));
        assertTrue(refusal.getMessage().contains("belongs to another user"), refusal.getMessage());
    }

    private static void giveAway(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", SOMEBODY_ELSE);
        Files.setAttribute(path, "unix:gid", SOMEBODY_ELSE);
    }

    private static void assertOwnerIsSomebodyElse(Path path) throws IOException {
        assertEquals(SOMEBODY_ELSE, Files.getAttribute(path, "unix:uid"));
        assertEquals(SOMEBODY_ELSE, Files.getAttribute(path, "unix:gid"));
    }
}
