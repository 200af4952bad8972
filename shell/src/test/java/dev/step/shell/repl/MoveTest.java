package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.step.protocol.HostAndPort;
import dev.step.protocol.Key;
import dev.step.shell.client.Account;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.FakeServer;
import dev.step.shell.client.RealServer;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Session;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands mv and cp, with the real server. */
@Timeout(60)
class MoveTest {
    @TempDir
    Path folder;

    private RealServer server;
    private TestShell shell;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder.resolve("store"));
        shell = TestShell.in(folder);
        shell.target = Target.of(new HostAndPort("127.0.0.1", server.address().getPort()), "alice");
        shell.file("a", "first");
        shell.file("b", "second");
        shell.file("c", "third");
    }

    @AfterEach
    void stop() throws Exception {
        shell.close();
        server.close();
    }

    @Test
    void aFileThatIsMovedHasOneKeyAndOneThatIsCopiedHasTwo() throws Exception {
        put("a");
        assertEquals(ExitStatus.OK, shell.run("mv a 'new [1]'", "cp new* copy", "mv --json copy last"));
        assertEquals(
                List.of(
                        "a  moved to new [1]",
                        "new [1]  copied to copy",
                        "{\"key\":\"copy\",\"to\":\"last\",\"result\":\"moved\"}"),
                shell.out());
        assertKeys("last", "new [1]");
        assertEquals(ExitStatus.OK, shell.run("verify a last", "verify a 'new [1]'"));
    }

    @Test
    void patternsGoIntoAFolder() throws Exception {
        put("a", "b", "c");
        assertEquals(ExitStatus.OK, shell.run("cp ? sub/", "mv sub/[ab] c sub/deeper/"));
        assertKeys("a", "b", "sub/c", "sub/deeper/a", "sub/deeper/b", "sub/deeper/c");
        assertEquals(ExitStatus.USAGE, shell.run("mv ? d"));
        assertEquals(
                List.of("line 1: mv: 2 keys match ?; a folder for them has a name that ends in a slash"), shell.err());
    }

    @Test
    void aFolderGoesWithEverythingInIt() throws Exception {
        assertEquals(ExitStatus.OK, shell.run("put a old/a", "put b old/x/b", "put c other"));
        assertEquals(ExitStatus.OK, shell.run("mv -r old/ archive/"));
        assertKeys("archive/old/a", "archive/old/x/b", "other");
        assertEquals(ExitStatus.OK, shell.run("cp -r archive/old/ new"));
        assertKeys("archive/old/a", "archive/old/x/b", "new/a", "new/x/b", "other");
        assertEquals(ExitStatus.NOT_FOUND, shell.run("mv -r none/ new"));
    }

    @Test
    void aKeyThatExistsIsReplacedOnlyWhenAskedFor() throws Exception {
        put("a", "b");
        assertEquals(ExitStatus.FAILED, shell.run("mv a b"));
        assertEquals(ExitStatus.FAILED, shell.run("cp a b"));
        assertEquals(
                List.of(
                        "line 1: mv: key b exists on the server; --replace replaces it",
                        "line 1: cp: key b exists on the server; --replace replaces it"),
                shell.err());
        assertKeys("a", "b");
        assertEquals(ExitStatus.OK, shell.run("mv --replace a b", "verify a b"));
        assertKeys("b");
    }

    @Test
    void otherFilesOfTheCommandAreStillTried() throws Exception {
        put("a", "b");
        assertEquals(ExitStatus.NOT_FOUND, shell.run("mv a missing b f/"));
        assertEquals(List.of("line 1: mv: key missing is not on the server"), shell.err());
        assertKeys("f/a", "f/b");
    }

    @Test
    void nothingIsMovedWhereTwoFilesWouldGetOneKey() throws Exception {
        assertEquals(ExitStatus.OK, shell.run("put a x/a", "put b y/a"));
        assertEquals(ExitStatus.USAGE, shell.run("mv --replace x/a y/a z/"));
        assertEquals(ExitStatus.USAGE, shell.run("mv --replace x/* x/"));
        assertEquals(ExitStatus.USAGE, shell.run("mv x/a"));
        assertEquals(ExitStatus.USAGE, shell.run("mv x/a y/a z"));
        assertEquals(
                List.of(
                        "line 1: mv: two files would get the key z/a",
                        "line 1: mv: the key x/a would become itself",
                        "line 1: mv: name the new key last; for several keys a folder, which ends in a slash",
                        "line 1: mv: name the new key last; for several keys a folder, which ends in a slash"),
                shell.err());
        assertKeys("x/a", "y/a");
    }

    @Test
    void anOldServerIsNotAsked() throws Exception {
        try (TestShell old = new TestShell(folder, new FakeServer())) {
            old.server.files.put("a", new byte[1]);
            assertEquals(ExitStatus.FAILED, old.run("mv a b"));
            assertEquals(
                    List.of("line 1: mv: the server at " + old.server.address()
                            + " is an old one and cannot move or copy what it keeps; get it and put it under"
                            + " the other key"),
                    old.err());
            assertEquals(List.of("LOGIN"), old.server.operations());
        }
    }

    private void put(String... files) {
        for (String file : files) {
            assertEquals(ExitStatus.OK, shell.run("put --quiet " + file));
        }
    }

    private void assertKeys(String... keys) throws Exception {
        Account alice = new Account(shell.target.address(), "alice", "alice");
        try (Session session = Session.open(() -> alice, Dialer.DEFAULT, notice -> {})) {
            assertEquals(
                    List.of(keys),
                    new RemoteFiles(session).keys("").stream().map(Key::text).toList());
        }
    }
}
