package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.client.FakeServer;
import dev.step.shell.command.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Comparing what is here with what is there. */
@Timeout(60)
class VerifyTest {
    @TempDir
    Path folder;

    private TestShell shell;

    @BeforeEach
    void start() throws IOException {
        shell = TestShell.in(folder);
        Files.createDirectories(folder.resolve("tree/sub"));
        shell.file("tree/a", "a");
        shell.file("tree/sub/b", "b");
        shell.file("tree/c", "c");
        assertEquals(ExitStatus.OK, shell.run("put --quiet -r tree"));
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void statusTellsEqualDifferentAndMissing() {
        assertEquals(ExitStatus.OK, shell.run("verify -r tree"));
        shell.server.files.put("tree/c", "x".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.DIFFERENT, shell.run("verify -r tree"));
        shell.server.files.remove("tree/c");
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify -r tree"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify tree/none tree/a"));
        assertEquals(ExitStatus.USAGE, shell.run("verify"));
    }

    @Test
    void repairSendsOnlyWhatDiffersOrIsMissing() {
        shell.server.files.put("tree/c", "x".getBytes(StandardCharsets.UTF_8));
        shell.server.files.remove("tree/sub/b");
        long sent = shell.server.count("UPLOAD");
        assertEquals(ExitStatus.OK, shell.run("verify -r --repair --json tree"));
        assertEquals(2, shell.server.count("UPLOAD") - sent);
        assertEquals("c", new String(shell.server.files.get("tree/c"), StandardCharsets.UTF_8));
        assertEquals(
                List.of("equal", "repaired", "repaired"),
                shell.out().stream()
                        .map(line -> line.replaceAll(".*\"result\":\"([a-z]+)\".*", "$1"))
                        .toList());
        assertEquals(2, shell.err().size());
        assertEquals(ExitStatus.OK, shell.run("verify -r tree"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --repair none"));
    }

    @Test
    void writtenSumsAreWhatMd5sumWrites() throws Exception {
        shell.file("back\\slash", "x");
        assertEquals(ExitStatus.OK, shell.run("put 'back\\slash'", "put tree/a", "put tree/c"));
        assertEquals(ExitStatus.OK, shell.run("verify --write-sums SUMS 'back\\slash' tree/c tree/a"));
        String sums = Files.readString(folder.resolve("SUMS"));
        assertEquals(
                "\\9dd4e461268c8034f5c8564e155c67a6  back\\\\slash\n"
                        + "4a8a08f09d37b73795649038408b5f33  tree/c\n"
                        + "0cc175b9c0f1b6a831c399e269772661  tree/a\n",
                sums);
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --write-sums SUMS 'back\\slash' none tree/c tree/a"));
        assertEquals(sums, Files.readString(folder.resolve("SUMS")));
    }

    @Test
    void sumsAreComparedWithTheServersFiles() throws Exception {
        shell.file(
                "SUMS",
                "# made by hand\n0cc175b9c0f1b6a831c399e269772661  ./a\n92EB5FFEE6AE2FEC3AD71C777531578F *sub/b\n");
        shell.clear();
        assertEquals(ExitStatus.OK, shell.run("verify --sums SUMS tree/"));
        assertEquals(List.of("tree/a  1 B  MD5 ok", "tree/sub/b  1 B  MD5 ok"), shell.out());
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --sums SUMS"));
        shell.server.files.put("tree/a", "x".getBytes(StandardCharsets.UTF_8));
        assertEquals(ExitStatus.DIFFERENT, shell.run("verify --sums SUMS tree/"));
        shell.file("SUMS", "nonsense\n");
        assertEquals(ExitStatus.FAILED, shell.run("verify --sums SUMS tree/"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --sums none"));
        assertEquals(ExitStatus.USAGE, shell.run("verify --sums SUMS --repair"));
    }

    @Test
    void theServerReadsItsFilesAgain() throws Exception {
        assertEquals(ExitStatus.OK, shell.run("verify --remote tree/*"));
        shell.server.damaged.add("tree/c");
        assertEquals(ExitStatus.DIFFERENT, shell.run("verify --remote tree/*"));
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --remote none"));
        assertEquals(ExitStatus.USAGE, shell.run("verify --remote"));
        try (TestShell old = new TestShell(folder, new FakeServer())) {
            old.server.files.put("x", new byte[1]);
            assertEquals(ExitStatus.FAILED, old.run("verify --remote x"));
            assertTrue(
                    old.err().get(0).contains("is an old one and cannot read its files again"),
                    old.err().toString());
        }
    }

    @Test
    void hostileNamesInSumsNameNothing() throws Exception {
        shell.file("SUMS", "0cc175b9c0f1b6a831c399e269772661  ../a\n");
        assertEquals(ExitStatus.NOT_FOUND, shell.run("verify --sums SUMS"));
    }

    @Test
    void anOldServersFilesAreComparedToo() throws Exception {
        try (TestShell old = new TestShell(folder, new FakeServer())) {
            old.file("x", "xx");
            assertEquals(ExitStatus.OK, old.run("put x", "verify x"));
            old.server.files.put("x", new byte[2]);
            assertEquals(ExitStatus.DIFFERENT, old.run("verify x"));
            assertEquals(ExitStatus.OK, old.run("verify --repair x", "verify x"));
            assertTrue(
                    old.err().get(1).endsWith("; sending it again"), old.err().toString());
        }
    }
}
