package dev.step.daemon.store.disk;

import static dev.step.daemon.store.disk.TestStore.USER;
import static dev.step.daemon.store.disk.TestStore.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.RealDisk;
import dev.step.daemon.store.Upload;
import dev.step.daemon.store.UserFiles;
import dev.step.protocol.BlockRanges;
import dev.step.protocol.Key;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {
    private final Disk disk = new RealDisk();

    @TempDir
    private Path temporary;

    @Test
    void aMissingFolderBecomesAStore() throws IOException {
        Path root = temporary.resolve("x/y");

        DiskStore.open(disk, root).close();

        assertEquals("step-store 1\n", Files.readString(root.resolve("format")));
        DiskStore.open(disk, root).close();
    }

    @Test
    void anEmptyVolumeBecomesAStoreEvenAfterACrash() throws IOException {
        Files.createDirectory(temporary.resolve("lost+found"));
        Files.writeString(temporary.resolve("format.new"), "step-s");
        Files.createFile(temporary.resolve("lock"));

        DiskStore.open(disk, temporary).close();

        assertEquals("step-store 1\n", Files.readString(temporary.resolve("format")));
    }

    @Test
    void aFolderWithOtherThingsIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("thesis.tex"), "…");

        IOException e = assertThrows(IOException.class, () -> DiskStore.open(disk, temporary));

        assertTrue(e.getMessage().contains("is not a store"), e.getMessage());
        assertEquals(1, temporary.toFile().list().length);
    }

    @Test
    void aStoreIsOpenOnlyOnceAtATime() throws IOException {
        try (DiskStore first = DiskStore.open(disk, temporary)) {
            IOException e = assertThrows(IOException.class, () -> DiskStore.open(new RealDisk(), temporary));
            assertTrue(e.getMessage().contains("in use"), e.getMessage());
        }
        DiskStore.open(disk, temporary).close();
    }

    @Test
    void aRootThatLeavesNoRoomForTheLongestKeyIsRefused() {
        Path deep = temporary;
        while (deep.toString().length() <= StorePaths.MAX_ROOT_BYTES) {
            deep = deep.resolve("f".repeat(100));
        }
        Path root = deep;

        IOException e = assertThrows(IOException.class, () -> DiskStore.open(disk, root));

        assertTrue(e.getMessage().contains("too long"), e.getMessage());
        assertTrue(StorePaths.MAX_ROOT_BYTES > 400, "room for usual paths: " + StorePaths.MAX_ROOT_BYTES);
    }

    @Test
    void theLongestKeyOfTheLongestUserHasAPlaceInTheDeepestRoot() throws Exception {
        Path root = temporary;
        while (root.toString().length() < StorePaths.MAX_ROOT_BYTES - 101) {
            root = root.resolve("f".repeat(100));
        }
        root = root.resolve(
                "f".repeat(StorePaths.MAX_ROOT_BYTES - root.toString().length() - 1));
        UserName user = new UserName("*".repeat(128));
        Key key = new Key("日".repeat(341) + "*");
        try (DiskStore store = DiskStore.open(disk, root)) {
            store.data(user).save(key, new JsonObject());

            assertEquals(List.of(key), store.data(user).list(ListQuery.ALL).keys());
        }
    }

    @Test
    void whatWasStoredIsThereWhenTheStoreIsOpenedAgain() throws Exception {
        try (TestStore store = new TestStore(temporary)) {
            byte[] content = store.put("a/b", 1234);
            JsonObject value = new JsonObject();
            value.addProperty("colour", "blue");
            store.data().save(new Key("v"), value);
            var before = store.files().find(new Key("a/b"));

            store.reopen();

            assertEquals(before, store.files().find(new Key("a/b")));
            assertArrayEquals(content, store.get("a/b"));
            assertEquals(value, store.data().get(new Key("v")));
        }
    }

    @Test
    void whatWasStoredIsThereAfterACrashAndUnfinishedUploadsGoOn(@TempDir Path copy) throws Exception {
        try (TestStore store = new TestStore(temporary)) {
            byte[] content = store.put("a", 1234);
            TestStore.write(store.begin("unfinished", 200, 100), 0, TestStore.content(200));

            try (TestStore next = store.afterCrash(copy.resolve("root"))) {
                assertArrayEquals(content, next.get("a"));
                assertEquals(List.of("a"), next.keys());
                Upload found = next.files().upload(new Key("unfinished"), Optional.empty());
                assertEquals(
                        List.of(new BlockRanges.Range(1, 1)), found.missing().ranges());
                assertTrue(TestStore.write(found, 1, TestStore.content(200)).isPresent());
                assertArrayEquals(TestStore.content(200), next.get("unfinished"));
            }
        }
    }

    @Test
    void usersAreApart() throws Exception {
        List<UserName> users = List.of("", "ann", "..", "a/b", "a", "Ann", "日", "%2E").stream()
                .map(UserName::new)
                .toList();
        try (DiskStore store = DiskStore.open(disk, temporary)) {
            for (UserName user : users) {
                JsonObject value = new JsonObject();
                value.addProperty("user", user.text());
                store.data(user).save(new Key("b"), value);
            }
            for (UserName user : users) {
                assertEquals(
                        user.text(),
                        store.data(user).get(new Key("b")).get("user").getAsString());
            }
        }
        assertEquals(users.size(), temporary.resolve("users").toFile().list().length);
    }

    @Test
    void aUserWhoOnlyLooksLeavesNothingOnTheDisk() throws Exception {
        try (TestStore store = new TestStore(temporary)) {
            assertEquals(List.of(), store.keys());
            assertRefused(Status.NOT_FOUND, () -> store.files().find(new Key("a")));
            assertRefused(Status.NOT_FOUND, () -> store.files().open(new Key("a")));
            assertRefused(Status.NOT_FOUND, () -> store.files().delete(new Key("a")));
            assertRefused(Status.NOT_FOUND, () -> store.data().get(new Key("a")));
            assertRefused(Status.NOT_FOUND, () -> store.data().delete(new Key("a")));
            assertEquals(List.of(), store.data().list(ListQuery.ALL).keys());

            assertEquals(0, temporary.resolve("users").toFile().list().length);
        }
    }

    @Test
    void aPlantedLinkToAFolderIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        try (TestStore store = new TestStore(temporary)) {
            store.put("a", 10);
            Files.writeString(elsewhere.resolve("x"), "secret");
            Path files = temporary.resolve("users/ann/files");
            Files.createSymbolicLink(files.resolve("d="), elsewhere);
            Files.createDirectories(temporary.resolve("users/ann/data"));
            Files.createSymbolicLink(temporary.resolve("users/ann/data/d="), elsewhere);

            assertThrows(IOException.class, () -> store.put("d/new", 10));
            assertThrows(IOException.class, () -> store.data().get(new Key("d/x")));
            assertThrows(IOException.class, () -> store.data().save(new Key("d/new"), new JsonObject()));
            assertThrows(IOException.class, () -> store.data().delete(new Key("d/x")));
            assertEquals(List.of(), store.data().list(ListQuery.ALL).keys());

            assertArrayEquals(new String[] {"x"}, elsewhere.toFile().list());
            assertEquals("secret", Files.readString(elsewhere.resolve("x")));
        }
    }

    @Test
    void aPlantedLinkToAFileIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("x"), "secret----");
        try (TestStore store = new TestStore(temporary)) {
            store.put("a", 10);
            Path file = temporary.resolve("users/ann/files/a");
            Files.delete(file);
            Files.createSymbolicLink(file, secret);

            assertThrows(IOException.class, () -> store.get("a"));
            store.files().delete(new Key("a"));
            Files.createSymbolicLink(file, secret);
            byte[] content = store.put("a", 10);

            assertArrayEquals(content, store.get("a"));
            assertFalse(Files.isSymbolicLink(file));
            assertEquals("secret----", Files.readString(secret));
        }
    }

    @Test
    void aLinkInTheUsersPlaceIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        try (DiskStore store = DiskStore.open(disk, temporary)) {
            Files.createSymbolicLink(temporary.resolve("users/ann"), elsewhere);
            UserFiles files = store.files(USER);

            assertThrows(IOException.class, () -> files.find(new Key("a")));
            assertThrows(IOException.class, () -> store.data(USER).save(new Key("a"), new JsonObject()));
            assertEquals(0, elsewhere.toFile().list().length);
        }
    }

    @Test
    void leftoversOfUploadsAreRemovedButNotWhatALinkAmongThemLeadsTo(@TempDir Path elsewhere) throws Exception {
        Files.writeString(elsewhere.resolve("x"), "mine");
        DiskStore.open(disk, temporary).close();
        Files.createSymbolicLink(temporary.resolve("uploads/link"), elsewhere);
        Files.createDirectory(temporary.resolve("uploads/id"));
        Files.createSymbolicLink(temporary.resolve("uploads/id/data"), elsewhere.resolve("x"));

        DiskStore.open(disk, temporary).close();

        assertEquals(0, temporary.resolve("uploads").toFile().list().length);
        assertEquals("mine", Files.readString(elsewhere.resolve("x")));
    }
}
