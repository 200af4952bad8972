package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code step-server store}, as an admin types it. */
final class StoreCommandTest {
    @TempDir
    Path folder;

    private Path store;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void useAServer() throws IOException {
        store = folder.resolve("store");
        try (RunningServer server = RunningServer.on(store);
                RawClient client = server.loginWithFeatures("ann")) {
            expect(200, client.put("a/b", Content.of(50_000, 1)));
            expect(200, client.ask("DATA SAVE", "{'key':'v','n':1}"));
            expect(200, client.ask("FILE SAVE", "{'key':'unfinished','size':50000}"));
        }
    }

    @Test
    void checkSaysThatAllIsWellOrWhatIsNot() throws IOException {
        assertEquals(0, run("check"));
        assertTrue(out.toString().contains("faults: 0"), out::toString);
        Path file = store.resolve("users/ann/files/a=/b");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] ^= 1;
        Files.write(file, bytes);
        assertEquals(1, run("check"));
        assertEquals(0, run("check", "--repair"));
        assertTrue(out.toString().contains("a=/b: is damaged: "), out::toString);
        assertEquals(0, run("check"));
        assertEquals("", err.toString());
    }

    @Test
    void statsShowsEachUser() throws IOException {
        assertEquals(0, run("stats"));
        List<String> lines = out.toString().lines().toList();
        assertEquals("user=ann files=1 bytes=50000 values=1 unfinished=1 unfinished-bytes=50000", lines.get(0));
        assertTrue(lines.get(1).startsWith("users=1 quarantined=0 free-bytes="), lines::toString);
    }

    @Test
    void exportAndImportMoveAStore() throws IOException {
        Path tar = folder.resolve("export.tar");
        assertEquals(0, run("export", tar.toString()));
        assertFalse(Files.exists(folder.resolve("export.tar.part")));
        assertEquals(1, run("export", tar.toString()));
        assertEquals("step-server: " + tar + " exists already; name another file, or remove it\n", err.toString());
        Path old = store;
        store = folder.resolve("other");
        assertEquals(0, run("import", tar.toString()));
        try (RunningServer server = RunningServer.on(store);
                RawClient client = server.login("ann")) {
            expect(200, client.ask("FILE GET", "{'key':'a/b'}"));
        }
        assertTrue(Files.exists(old));
    }

    @Test
    void legacyFolderIsTaken() throws IOException {
        Files.createDirectories(folder.resolve("old/file/bob"));
        Files.writeString(folder.resolve("old/file/bob/key"), "content");
        assertEquals(0, run("import-legacy", folder.resolve("old").toString()));
        assertEquals(1, run("import-legacy", folder.resolve("old/file").toString()));
        assertTrue(err.toString().contains("has neither \"file\" nor \"data\""), err::toString);
    }

    @Test
    void copyTakesAccountsAndKeysOnlyWhereNoneAre() throws IOException {
        writePrivate(store.resolve("accounts"), "old accounts");
        writePrivate(store.resolve("token-keys"), "old keys");
        Path target = folder.resolve("target");
        assertEquals(0, copy(target), err::toString);
        assertEquals(
                "files: 1 of 50000 bytes, values: 1, skipped: 0, failed: 0, unfinished uploads, which are not copied: 1\n",
                out.toString());
        writePrivate(target.resolve("token-keys"), "new keys");
        Path elsewhere = writePrivate(folder.resolve("elsewhere"), "other accounts");
        assertEquals(0, copy(target, "--accounts", elsewhere.toString()), err::toString);
        assertEquals("old accounts", Files.readString(target.resolve("accounts")));
        assertEquals("new keys", Files.readString(target.resolve("token-keys")));
        assertEquals(0, copy(folder.resolve("other"), "--accounts", elsewhere.toString()), err::toString);
        assertEquals("other accounts", Files.readString(folder.resolve("other/accounts")));
        assertEquals("", err.toString());
    }

    @Test
    void copyOfADamagedStoreFailsAndSaysWhy() throws IOException {
        Files.write(store.resolve("users/ann/files/a=/b"), Content.of(50_000, 2));
        assertEquals(1, copy(folder.resolve("target")));
        assertTrue(err.toString().startsWith("user ann, key a/b: not copied: it is damaged"), err::toString);
        assertTrue(out.toString().contains("values: 1, skipped: 0, failed: 1"), out::toString);
    }

    @Test
    void copyTouchesNoStoreInUse() throws IOException {
        Path target = folder.resolve("target");
        try (RunningServer server = RunningServer.on(store)) {
            assertEquals(1, copy(target));
            assertTrue(err.toString().endsWith("; stop that one first\n"), err::toString);
            assertFalse(Files.exists(target));
        }
        try (RunningServer server = RunningServer.on(target)) {
            assertEquals(1, copy(target));
        }
        assertEquals(1, copy(store));
        assertEquals(3, err.toString().lines().count(), err::toString);
    }

    private static Path writePrivate(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private int copy(Path target, String... options) {
        List<String> arguments = new ArrayList<>(List.of("copy", store.toString(), target.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments);
    }

    @Test
    void storeInUseIsLeftAloneWithWordsThatSayWhatToDo() throws IOException {
        try (RunningServer server = RunningServer.on(store)) {
            assertEquals(1, run("check"));
            assertEquals(1, run("export", folder.resolve("export.tar").toString()));
            assertEquals(0, run("stats"));
        }
        assertTrue(err.toString().lines().allMatch(line -> line.endsWith("; stop that one first")), err::toString);
    }

    private int run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--store", store.toString()));
        all.addAll(List.of(arguments));
        return execute(all);
    }

    private int execute(List<String> arguments) {
        CommandLine line = ServerMain.commandLine(new StoreCommand(), ConfigFile.NONE);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(new String[0]));
    }
}
