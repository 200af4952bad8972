package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of accounts. */
final class AccountsTest {
    private static final UserName ALICE = new UserName("alice");

    @TempDir
    Path folder;

    private Path file;
    private Accounts accounts;

    @BeforeEach
    void open() {
        file = folder.resolve("accounts");
        accounts = new Accounts(file);
    }

    @Test
    void fileIsForItsOwnersEyesOnly() throws IOException {
        accounts.add(ALICE, "secret");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertFalse(Files.readString(file).contains("secret"));
    }

    @Test
    void namesOfAllKindsAreReadBackInTheOrderTheyWereAdded() throws IOException {
        List<String> names = List.of("zoe", "a b", "\"quoted\" \\", "\u6587\u4ef6 \ud83d\ude00", ".", "../x", "a/b");
        for (String name : names) {
            accounts.add(new UserName(name), "secret");
        }
        assertEquals(
                names,
                new Accounts(file)
                        .all().stream().map(account -> account.user().text()).toList());
    }

    @Test
    void whatAnotherProcessChangedIsSeenAtOnce() throws IOException {
        Accounts other = new Accounts(file);
        assertTrue(accounts.isEmpty());
        for (int i = 0; i < 20; i++) {
            other.add(new UserName("user " + i), "secret");
            assertTrue(accounts.find(new UserName("user " + i)).isPresent());
        }
    }

    @Test
    void epochChangesWheneverTokensMustDie() throws IOException {
        accounts.add(ALICE, "secret");
        List<Long> epochs = new ArrayList<>(List.of(epoch()));
        accounts.setPassword(ALICE, "other");
        epochs.add(epoch());
        accounts.setDisabled(ALICE, true);
        epochs.add(epoch());
        accounts.setDisabled(ALICE, false);
        epochs.add(epoch());
        accounts.remove(ALICE);
        accounts.add(ALICE, "secret");
        epochs.add(epoch());
        assertEquals(5, epochs.stream().distinct().count(), epochs.toString());
    }

    @Test
    void rehashingKeepsTokensAndLosesAgainstAChangeOfThePassword() throws IOException {
        accounts.add(ALICE, "secret");
        Account before = accounts.find(ALICE).orElseThrow();
        accounts.rehash(before, PasswordHash.of("0"));
        assertEquals(before.epoch(), epoch());
        accounts.setPassword(ALICE, "other");
        String kept = accounts.find(ALICE).orElseThrow().password().phc();
        accounts.rehash(before, PasswordHash.of("0"));
        assertEquals(kept, accounts.find(ALICE).orElseThrow().password().phc());
    }

    @Test
    void twoAccountsOfOneNameAreRefused() throws IOException {
        accounts.add(ALICE, "secret");
        byte[] before = Files.readAllBytes(file);
        assertThrows(IOException.class, () -> accounts.add(ALICE, "other"));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void changingWhoIsNotThereIsRefused() {
        assertThrows(IOException.class, () -> accounts.setPassword(ALICE, "x"));
        assertThrows(IOException.class, () -> accounts.setDisabled(ALICE, true));
        assertThrows(IOException.class, () -> accounts.remove(ALICE));
    }

    @Test
    void manyEditorsLoseNothing() throws Exception {
        ExecutorService editors = Executors.newFixedThreadPool(4);
        List<Callable<Void>> edits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UserName user = new UserName("user " + i);
            edits.add(() -> {
                new Accounts(file).add(user, "secret");
                return null;
            });
        }
        try {
            for (Future<Void> edit : editors.invokeAll(edits)) {
                edit.get();
            }
        } finally {
            editors.shutdownNow();
        }
        assertEquals(20, accounts.all().size());
    }

    @Test
    void whatACrashLeftHalfWrittenIsNotMinded() throws IOException {
        accounts.add(ALICE, "secret");
        Files.writeString(folder.resolve("accounts.new"), "half");
        accounts.setPassword(ALICE, "other");
        assertEquals(1, accounts.all().size());
    }

    @Test
    void linkInTheFilesPlaceIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "step-accounts 1\n");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(file, elsewhere);
        assertThrows(IOException.class, () -> accounts.find(ALICE));
        assertThrows(IOException.class, () -> accounts.add(ALICE, "secret"));
        assertEquals("step-accounts 1\n", Files.readString(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "something else\n",
                "step-accounts 1\n{}\n",
                "step-accounts 1\nalice:$1$x\n",
                "step-accounts 1\n{\"user\":\"alice\",\"password\":\"secret\",\"epoch\":\"0\"}\n",
                "step-accounts 1\n{\"user\":[],\"password\":{},\"epoch\":null}\n",
            })
    void damagedFileLetsNobodyInAndIsNotQuoted(String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        IOException failure = assertThrows(IOException.class, () -> accounts.find(ALICE));
        assertTrue(failure.getMessage().contains(file + ", line "), failure.getMessage());
        assertFalse(failure.getMessage().contains("secret"));
    }

    private long epoch() throws IOException {
        return accounts.find(ALICE).orElseThrow().epoch();
    }
}
