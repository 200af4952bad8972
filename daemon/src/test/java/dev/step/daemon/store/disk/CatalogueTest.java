package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.disk.FaultyDisk;
import dev.step.daemon.disk.FaultyDisk.Step;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private final FaultyDisk disk = new FaultyDisk(new RealDisk());

    @TempDir
    private Path home;

    @Test
    void whatWasChangedIsThereWhenItIsLoadedAgain() throws IOException {
        Catalogue catalogue = newCatalogue();
        put(catalogue, "b", 1);
        put(catalogue, "a", 2);
        put(catalogue, "b", 3);
        put(catalogue, "c", 4);
        catalogue.change(List.of(new CatalogueChange.Delete(new Key("a"))));

        Catalogue loaded = load();

        assertEquals(
                List.of(file("b", 3), file("c", 4)),
                loaded.files().stream().map(CatalogueEntry::file).toList());
        assertEquals(List.copyOf(catalogue.files()), List.copyOf(loaded.files()));
        put(loaded, "d", 5);
        assertEquals(3, load().files().size());
    }

    @Test
    void aCatalogueTornAnywhereInItsLastLineLosesOnlyThat() throws IOException {
        Catalogue catalogue = newCatalogue();
        put(catalogue, "a", 1);
        put(catalogue, "b", 2);
        int sound = (int) Files.size(path());
        put(catalogue, "c", 3);
        byte[] whole = Files.readAllBytes(path());
        for (int length = sound + 1; length < whole.length; length++) {
            Files.write(path(), Arrays.copyOf(whole, length));

            Catalogue loaded = load();

            assertEquals(List.of("a", "b"), keys(loaded), "cut at " + length);
            assertEquals(sound, Files.size(path()));
            Path copy = home.resolve("catalogue.torn-" + (length - sound));
            assertArrayEquals(Arrays.copyOfRange(whole, sound, length), Files.readAllBytes(copy));
            put(loaded, "c", 3);
            assertArrayEquals(whole, Files.readAllBytes(path()));
        }
    }

    @Test
    void aLastLineWhoseSizeWasOnTheDiskBeforeItsBytesIsTorn() throws IOException {
        Catalogue catalogue = newCatalogue();
        put(catalogue, "a", 1);
        int sound = (int) Files.size(path());
        put(catalogue, "b", 2);
        byte[] whole = Files.readAllBytes(path());
        for (int there = sound; there < whole.length; there++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, there, torn.length, (byte) 0);
            Files.write(path(), torn);

            assertEquals(List.of("a"), keys(load()), "zeros from " + there);
            assertEquals(sound, Files.size(path()));
        }
    }

    @Test
    void aCatalogueCutBetweenLinesIsSound() throws IOException {
        Catalogue catalogue = newCatalogue();
        List<Long> ends = new ArrayList<>(List.of(0L));
        for (int i = 0; i < 5; i++) {
            put(catalogue, "k" + i, i);
            ends.add(Files.size(path()));
        }
        byte[] whole = Files.readAllBytes(path());
        for (int lines = 0; lines <= 5; lines++) {
            Files.write(path(), Arrays.copyOf(whole, ends.get(lines).intValue()));
            assertEquals(lines, load().files().size());
        }
        assertFalse(Files.exists(home.resolve("catalogue.torn-1")));
    }

    @Test
    void aDamagedLastLineIsCutEvenWithItsNewline() throws IOException {
        Catalogue catalogue = newCatalogue();
        put(catalogue, "a", 1);
        int sound = (int) Files.size(path());
        put(catalogue, "b", 2);
        byte[] whole = Files.readAllBytes(path());
        Arrays.fill(whole, sound + 20, sound + 30, (byte) 0);
        Files.write(path(), whole);

        assertEquals(List.of("a"), keys(load()));
    }

    @Test
    void damageBeforeTheLastLineIsRefusedAndLeftAlone() throws IOException {
        Catalogue catalogue = newCatalogue();
        for (int i = 0; i < 5; i++) {
            put(catalogue, "k" + i, i);
        }
        byte[] whole = Files.readAllBytes(path());
        int lastLine = new String(whole, 0, whole.length - 1, StandardCharsets.US_ASCII).lastIndexOf('\n') + 1;
        for (int at = 0; at < lastLine; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(path(), damaged);

            IOException e = assertThrows(IOException.class, this::load);

            assertTrue(e.getMessage().contains("damaged at byte "), e.getMessage());
            assertArrayEquals(damaged, Files.readAllBytes(path()));
        }
    }

    @Test
    void aTailThatIsLongerThanALineIsNotTakenForOne() throws IOException {
        put(newCatalogue(), "a", 1);
        Files.write(path(), new byte[CatalogueLine.MAX_BYTES + 1], java.nio.file.StandardOpenOption.APPEND);

        assertThrows(IOException.class, this::load);
    }

    @Test
    void aCatalogueOfMostlyDeadLinesIsRewrittenWhileItGrows() throws IOException {
        Catalogue catalogue = newCatalogue();
        for (int i = 0; i < 5_000; i++) {
            put(catalogue, "k" + i % 10, i);
        }

        assertTrue(lines() <= 1_000, "" + lines());
        assertEquals(10, catalogue.files().size());
        assertEquals(List.copyOf(catalogue.files()), List.copyOf(load().files()));
        assertFalse(Files.exists(home.resolve("catalogue.new")));
    }

    @Test
    void aCatalogueOfMostlyLivingLinesIsNotRewritten() throws IOException {
        Catalogue catalogue = newCatalogue();
        for (int i = 0; i < 2_000; i++) {
            put(catalogue, "k" + i, i);
        }
        for (int i = 0; i < 600; i++) {
            catalogue.change(List.of(new CatalogueChange.Delete(new Key("k" + i))));
        }
        assertEquals(2_600, lines());
        for (int i = 600; i < 700; i++) {
            catalogue.change(List.of(new CatalogueChange.Delete(new Key("k" + i))));
        }
        assertTrue(lines() < 1_400, "" + lines());
        assertEquals(List.copyOf(catalogue.files()), List.copyOf(load().files()));
    }

    @Test
    void aCatalogueIsRewrittenWhenItIsLoadedIfItCouldNotBeBefore() throws IOException {
        Catalogue catalogue = newCatalogue();
        disk.watch((step, path) -> {
            if (step == Step.CREATE) {
                throw new IOException("No space left on device");
            }
        });
        for (int i = 0; i < 1_500; i++) {
            put(catalogue, "k" + i % 10, i);
        }
        assertEquals(1_500, lines(), "every change was written all the same");
        disk.watch((step, path) -> {});

        assertEquals(List.copyOf(catalogue.files()), List.copyOf(load().files()));
        assertEquals(10, lines());
    }

    @Test
    void afterALineThatCouldNotBeWrittenTheNextOnesAre() throws IOException {
        for (Step failing : List.of(Step.WRITE, Step.SYNC)) {
            Files.deleteIfExists(path());
            Catalogue catalogue = newCatalogue();
            put(catalogue, "a", 1);
            failOnce(failing);
            assertThrows(IOException.class, () -> put(catalogue, "b", 2));
            assertEquals(1, catalogue.files().size());

            put(catalogue, "c", 3);

            assertEquals(List.of("a", "c"), keys(load()));
        }
    }

    @Test
    void whileALineCannotBeMendedNothingIsWrittenAfterIt() throws IOException {
        Catalogue catalogue = newCatalogue();
        put(catalogue, "a", 1);
        failOnce(Step.SYNC);
        assertThrows(IOException.class, () -> put(catalogue, "b", 2));
        disk.failFrom(0);
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, () -> put(catalogue, "c", 3));
        }
        disk.heal();
        put(catalogue, "d", 4);

        assertEquals(List.of("a", "d"), keys(load()));
    }

    @Test
    void aHundredThousandFilesAreLoaded() throws IOException {
        CatalogueFile file = new CatalogueFile(disk, new UserPaths(home));
        file.create();
        List<CatalogueEntry> files = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            files.add(new CatalogueEntry(file("photos/" + i % 365 + "/IMG_" + i + ".jpg", i), Tree.FIRST));
        }
        file.rewrite(files);
        long start = System.nanoTime();

        Catalogue loaded = load();

        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("100,000 lines loaded in " + millis + " ms");
        assertEquals(100_000, loaded.files().size());
    }

    private void failOnce(Step failing) {
        disk.heal();
        disk.watch((step, path) -> {
            if (step == failing) {
                disk.watch((later, other) -> {});
                throw new IOException("No space left on device");
            }
        });
    }

    private Catalogue newCatalogue() throws IOException {
        CatalogueFile file = new CatalogueFile(disk, new UserPaths(home));
        file.create();
        return new Catalogue(file);
    }

    private Catalogue load() throws IOException {
        Catalogue catalogue = new Catalogue(new CatalogueFile(disk, new UserPaths(home)));
        catalogue.load();
        return catalogue;
    }

    private static List<String> keys(Catalogue catalogue) {
        return catalogue.files().stream()
                .map(entry -> entry.file().key().text())
                .toList();
    }

    private Path path() {
        return home.resolve("catalogue");
    }

    private int lines() throws IOException {
        return Files.readAllLines(path()).size();
    }

    private static void put(Catalogue catalogue, String key, int size) throws IOException {
        catalogue.change(List.of(new CatalogueChange.Put(new CatalogueEntry(file(key, size), Tree.FIRST))));
    }

    private static StoredFile file(String key, int size) {
        return new StoredFile(
                new Key(key),
                size,
                Instant.ofEpochMilli(1_700_000_000_000L + size),
                List.of(TestStore.md5(key.getBytes())),
                "version" + size);
    }
}
