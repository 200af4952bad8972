package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.StoreInUseException;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UploadSpec;
import dev.step.protocol.BlockPlan;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.MoveFile;
import dev.step.protocol.message.SaveOptions;
import dev.step.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of a store that was used in every way, and into which faults were planted. */
final class StoreCheckTest {
    private static final UserName ANN = TestStore.USER;
    private static final UserName LONG_NAME = new UserName("王".repeat(42));
    private static final int SIZE = 450;
    private static final int RECORD_BYTES = 24;

    @TempDir
    private Path folder;

    private Path root;
    private Path home;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void useTheStore() throws IOException, RefusedException {
        root = folder.resolve("store");
        try (TestStore store = new TestStore(root)) {
            for (String key : List.of("a", "b/c", "b/d", "moved", "deleted", "50%=é?", "x".repeat(1_000), "once")) {
                store.put(key, SIZE);
            }
            store.files().move(new MoveFile(new Key("moved"), new Key("m/o"), false, false));
            store.files().move(new MoveFile(new Key("a"), new Key("copy"), false, true));
            store.files().delete(new Key("deleted"));
            store.put("empty", 0);
            JsonObject value = new JsonObject();
            value.addProperty("n", 1);
            store.data().save(new Key("v/1"), value);
            store.store().data(LONG_NAME).save(new Key("v"), value);
            Upload upload = store.begin("unfinished", SIZE, 100);
            TestStore.write(upload, 0, TestStore.content(SIZE));
            TestStore.write(upload, 3, TestStore.content(SIZE));
        }
        home = new StorePaths(root).user(ANN).home();
    }

    @Test
    void storeThatWasUsedHasNoFaults() throws IOException {
        assertTrue(check(false), lines::toString);
        assertEquals(
                "users: 2, files: 9 of 3600 bytes, values: 2, unfinished uploads: 1, faults: 0, repaired: 0",
                lines.get(0));
        assertEquals(1, lines.size());
    }

    @Test
    void flippedBitIsFound() throws IOException {
        flipBit(home.resolve("files/b=/c"));
        byte[] damaged = Files.readAllBytes(home.resolve("files/b=/c"));
        assertFoundAndRepaired("/b=/c: is damaged: its md5 is ");
        assertRefused("b/c");
        assertEquals(List.of(new String(damaged, StandardCharsets.UTF_8)), quarantined());
    }

    @Test
    void missingFileIsFound() throws IOException {
        Files.delete(home.resolve("files/b=/c"));
        assertFoundAndRepaired("/b=/c: is in the catalogue, but missing");
        assertRefused("b/c");
    }

    @Test
    void staleMetadataIsFound() throws IOException {
        Files.write(home.resolve("files/b=/c"), new byte[] {1}, StandardOpenOption.APPEND);
        assertFoundAndRepaired("/b=/c: has 451 bytes; the catalogue says 450");
        assertRefused("b/c");
    }

    @Test
    void orphanIsFoundAndKept() throws IOException {
        write(home.resolve("files/b=/orphan"), "nobody knows me");
        assertFoundAndRepaired("/b=/orphan: is not in the catalogue");
        assertTrue(
                quarantined().contains("nobody knows me"), () -> quarantined().toString());
    }

    @Test
    void namesThatNoKeyHasAreFound() throws IOException {
        write(home.resolve("files/%zz"), "");
        assertFoundAndRepaired("/files/%zz: is not a file of the store");
    }

    @Test
    void whatDoesNotBelongAmongUsersIsFound() throws IOException {
        Files.createSymbolicLink(root.resolve("users/link"), folder);
        assertFoundAndRepaired("/users/link: does not belong among the users' folders");
        assertTrue(Files.isDirectory(folder));
    }

    @Test
    void wrongOwnerIsFound() throws IOException {
        Requires.root();
        Files.setAttribute(home.resolve("files/m=/o"), "unix:uid", 12_345);
        assertFoundAndRepaired("/files/m=/o: belongs to 12345");
        assertEquals(0, Files.getAttribute(home.resolve("files/m=/o"), "unix:uid"));
    }

    @Test
    void rightsThatAreTooWideAreFound() throws IOException {
        Files.setPosixFilePermissions(home.resolve("files/b="), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertFoundAndRepaired("/files/b=: has the rights rwxrwxrwx instead of rwxr-x---");
    }

    @Test
    void damagedValueIsFound() throws IOException {
        write(home.resolve("data/v=/1"), "{");
        assertFoundAndRepaired("/data/v=/1: is damaged: it is not a JSON object");
    }

    @Test
    void damagedLineOfACatalogueIsFoundAndCostsOnlyWhatItSays() throws IOException {
        List<String> catalogue = Files.readAllLines(home.resolve("catalogue"));
        catalogue.set(1, catalogue.get(1).replace("450", "451"));
        Files.write(home.resolve("catalogue"), catalogue);
        assertFalse(check(false));
        assertEquals(3, lines.size(), lines::toString);
        assertTrue(lines.get(0).endsWith("catalogue: 1 of its lines cannot be read, the first of them line 2"));
        assertTrue(lines.get(1).endsWith("b=/c: is not in the catalogue"), lines::toString);
        assertTrue(check(true));
        assertClean();
        assertRefused("b/c");
        assertReadable("b/d");
        assertTrue(quarantined().contains(String.join("\n", catalogue) + "\n"));
    }

    @Test
    void catalogueThatIsMissingIsMadeAnew() throws IOException {
        Files.delete(home.resolve("catalogue"));
        assertFoundAndRepaired("/catalogue: is missing, while there are files");
        assertReadable("a");
        assertReadable("50%=é?");
        assertReadable("x".repeat(1_000));
    }

    @Test
    void damagedBlockOfAnUploadIsFoundAndAskedForAgain() throws IOException, RefusedException {
        flipBit(upload().resolve("data"));
        assertFoundAndRepaired("1 of 2 blocks are not as received: 0");
        try (TestStore store = new TestStore(root)) {
            Upload upload = store.files().unfinished(new Key("unfinished")).orElseThrow();
            assertEquals(
                    List.of(new BlockRanges.Range(0, 2), new BlockRanges.Range(4, 4)),
                    upload.missing().ranges());
        }
    }

    /** Only what was synced cannot be what a crash left: so every block is, here. */
    @Test
    void damagedJournalIsFoundAndKept() throws IOException, RefusedException {
        StoreSettings settings = new StoreSettings(Durability.BLOCK, Duration.ofDays(7), 0, 0);
        String id;
        try (DiskStore store = DiskStore.open(new RealDisk(), root, settings, InstantSource.system())) {
            Upload upload = store.files(ANN)
                    .begin(new UploadSpec(new Key("synced"), new BlockPlan(SIZE, 100), SaveOptions.NONE));
            for (int index = 0; index < 4; index++) {
                TestStore.write(upload, index, TestStore.content(SIZE));
            }
            id = upload.id();
        }
        Path journal = root.resolve("uploads").resolve(id).resolve("journal");
        flipBit(journal, (int) Files.size(journal) - 4 * RECORD_BYTES);
        assertFoundAndRepaired(id + ": damaged: ");
        assertTrue(Files.exists(root.resolve("quarantine").resolve(id).resolve("journal")));
    }

    @Test
    void allFaultsTogetherAreFoundAndNothingElse() throws IOException {
        flipBit(home.resolve("files/b=/c"));
        Files.delete(home.resolve("files/once"));
        Files.write(home.resolve("files/b=/d"), new byte[0]);
        write(home.resolve("files-2/orphan"), "");
        write(home.resolve("strange"), "");
        write(home.resolve("data/v=/1"), "[]");
        Files.setPosixFilePermissions(home.resolve("files/m=/o"), PosixFilePermissions.fromString("rw-rw-rw-"));
        flipBit(upload().resolve("data"));
        assertFalse(check(false));
        assertEquals(9, lines.size(), lines::toString);
        assertTrue(lines.get(8).endsWith("faults: 8, repaired: 0"), lines::toString);
        assertTrue(check(true), lines::toString);
        assertClean();
        assertReadable("a");
        assertRefused("b/d");
    }

    @Test
    void checkAloneChangesNothing() throws IOException {
        flipBit(home.resolve("files/b=/c"));
        write(home.resolve("files/orphan"), "");
        List<String> before = everything();
        assertFalse(check(false));
        assertEquals(before, everything());
    }

    @Test
    void storeInUseIsNotChecked() throws IOException {
        try (TestStore store = new TestStore(root)) {
            assertThrows(StoreInUseException.class, () -> check(false), store::toString);
        }
    }

    @Test
    void folderThatIsNoStoreIsNotChecked() {
        assertThrows(IOException.class, () -> StoreCheck.run(new RealDisk(), folder, true, lines::add));
        assertFalse(Files.exists(folder.resolve("lock")));
    }

    @Test
    void tornLastLineAndUploadsCutShortAreNoFaults() throws IOException, RefusedException {
        write(root.resolve("uploads/00000000000000000000000000000001"), "a file of one block on its way");
        Files.writeString(home.resolve("catalogue"), "1c291ca3 {\"op\"", StandardOpenOption.APPEND);
        assertTrue(check(false), lines::toString);
        try (TestStore store = new TestStore(root)) {
            assertEquals(9, store.keys().size());
        }
    }

    private boolean check(boolean repair) throws IOException {
        lines.clear();
        return StoreCheck.run(new RealDisk(), root, repair, lines::add);
    }

    private void assertFoundAndRepaired(String words) throws IOException {
        assertFalse(check(false));
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains(words), lines::toString);
        assertTrue(check(true), lines::toString);
        assertTrue(lines.get(0).contains("; repaired: "), lines::toString);
        assertClean();
        new TestStore(root).close();
    }

    private void assertClean() throws IOException {
        assertTrue(check(false), lines::toString);
        assertEquals(1, lines.size());
    }

    private void assertReadable(String key) throws IOException {
        try (TestStore store = new TestStore(root)) {
            assertArrayEquals(TestStore.content(SIZE), store.get(key));
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String key) throws IOException {
        try (TestStore store = new TestStore(root)) {
            TestStore.assertRefused(Status.NOT_FOUND, () -> store.get(key));
        }
    }

    private Path upload() throws IOException {
        try (Stream<Path> uploads = Files.list(root.resolve("uploads"))) {
            return uploads.findFirst().orElseThrow();
        }
    }

    private static void flipBit(Path file) throws IOException {
        flipBit(file, 40);
    }

    private static void flipBit(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(
                file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private List<String> quarantined() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root.resolve("quarantine"))) {
            for (Path path : all.filter(p -> p.endsWith("content")).toList()) {
                found.add(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<String> found = new ArrayList<>();
            for (Path path : all.sorted().toList()) {
                found.add(path + " " + Files.getLastModifiedTime(path) + " "
                        + (Files.isRegularFile(path)
                                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                : ""));
            }
            return found;
        }
    }
}
