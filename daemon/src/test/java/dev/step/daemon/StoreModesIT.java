package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what a real server makes. */
@Timeout(120)
final class StoreModesIT {
    /** Only the server and who administrates it have a use for these. */
    private static final Set<String> PRIVATE = Set.of("token-keys", "token-keys.lock", "lock");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    void filesAre0640AndFolders0750WhateverTheUmask(String umask) throws Exception {
        Path store = folder.resolve("new/store");
        try (ServerProcess server = ServerProcess.withUmask(umask, store);
                RawClient client = RawClient.connect(server.awaitReady())) {
            client.login("user");
            expect(200, client.put("a/b/complete", Content.of(50_000, 1)));
            expect(200, client.ask("FILE SAVE", "{'key':'begun','size':3}"));
            expect(200, client.ask("FILE SAVE", "{'key':'unfinished','size':50000}"));
            expect(200, client.putBlock("unfinished", Content.of(50_000, 1), 1, 20_480));
            expect(200, client.ask("DATA SAVE", "{'key':'c/value','n':1}"));
        }
        TreeMap<String, String> wrong = new TreeMap<>();
        int files = 0;
        for (Path path : everythingIn(folder.resolve("new"))) {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            if (Files.isRegularFile(path)) {
                files++;
            }
            if (!isAllowed(path, mode)) {
                wrong.put(path.toString(), mode);
            }
        }
        assertEquals(new TreeMap<>(), wrong);
        assertTrue(files > 5, "there are " + files + " files");
    }

    private static boolean isAllowed(Path path, String mode) {
        if (Files.isDirectory(path)) {
            return mode.equals("rwxr-x---");
        }
        boolean ownersOnly = PRIVATE.contains(path.getFileName().toString());
        return mode.equals("rw-r-----") ? !path.endsWith("token-keys") : ownersOnly && mode.equals("rw-------");
    }

    private static List<Path> everythingIn(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.toList();
        }
    }
}
