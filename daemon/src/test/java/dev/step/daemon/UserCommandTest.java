package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.auth.AccountQuotas;
import dev.step.daemon.auth.Accounts;
import dev.step.protocol.UserName;
import dev.step.protocol.message.Quota;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code step-server user} and {@code tokens}, as an admin types them. */
final class UserCommandTest {
    @TempDir
    Path folder;

    private Path store;
    private Path passwordFile;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void prepare() throws IOException {
        store = folder.resolve("new/store");
        passwordFile = Files.writeString(folder.resolve("password"), "s3cret\nnot this\n");
    }

    @Test
    void accountsAreAddedListedDisabledAndRemoved() throws IOException {
        assertEquals(0, run("add", "alice", "--password-file", passwordFile.toString()));
        assertEquals(0, run("add", "b o b", "--password-file", passwordFile.toString()));
        assertEquals(0, run("disable", "alice"));
        assertEquals(0, run("ls"));
        assertEquals("alice  (disabled)\nb o b\n", out.toString());
        assertEquals(0, run("enable", "alice"));
        assertEquals(0, run("rm", "b o b"));
        out.getBuffer().setLength(0);
        assertEquals(0, run("ls"));
        assertEquals("alice\n", out.toString());
        assertFalse(Files.readString(store.resolve("accounts")).contains("s3cret"));
    }

    @Test
    void mistakesAreToldInOneLine() throws IOException {
        assertEquals(1, run("rm", "alice"));
        assertEquals("step-server: There is no folder " + store + ".\n", err.toString());
        err.getBuffer().setLength(0);
        Files.createDirectories(store);
        assertEquals(1, run("rm", "alice"));
        assertEquals("step-server: There is no account \"alice\".\n", err.toString());
        err.getBuffer().setLength(0);
        Files.writeString(passwordFile, "\n");
        assertEquals(1, run("add", "alice", "--password-file", passwordFile.toString()));
        assertEquals("step-server: The password is empty; nothing was changed.\n", err.toString());
        assertEquals(2, run("add", ""));
        assertEquals(2, run("add", "a\nb"));
        assertEquals(2, run());
    }

    @Test
    void noPasswordIsReadForANameThatWillNotDo() throws IOException {
        run("add", "alice", "--password-file", passwordFile.toString());
        Files.delete(passwordFile);
        assertEquals(1, run("add", "alice", "--password-file", passwordFile.toString()));
        assertEquals("step-server: There is an account \"alice\" already.\n", err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, run("passwd", "bob", "--password-file", passwordFile.toString()));
        assertEquals("step-server: There is no account \"bob\".\n", err.toString());
    }

    @Test
    void quotaIsShownAndChangedPartByPart() throws IOException {
        run("add", "alice", "--password-file", passwordFile.toString());
        assertEquals(0, run("quota", "alice"));
        assertEquals("bytes = default\nfiles = default\nmax-file = default\n", out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("quota", "alice", "--bytes", "10G", "--files=none"));
        assertEquals("bytes = 10737418240\nfiles = none\nmax-file = default\n", out.toString());
        Accounts accounts = new Accounts(Accounts.ofStore(store));
        Quota everybody = new Quota(OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3));
        assertEquals(
                new Quota(OptionalLong.of(10L << 30), OptionalLong.empty(), OptionalLong.of(3)),
                new AccountQuotas(accounts, everybody).of(new UserName("alice")));
        assertEquals(everybody, new AccountQuotas(accounts, everybody).of(new UserName("bob")));
        out.getBuffer().setLength(0);
        assertEquals(0, run("quota", "alice", "--bytes", "default", "--max-file", "0"));
        assertEquals("bytes = default\nfiles = none\nmax-file = 0\n", out.toString());
        assertEquals(0, run("disable", "alice"));
        assertEquals(OptionalLong.of(0), accounts.quota(new UserName("alice")).fileBytes());
        for (String wrong : List.of("", "-1", "1.5G", "10X", "9999999999999T")) {
            assertEquals(2, run("quota", "alice", "--bytes=" + wrong), wrong);
        }
        assertEquals(1, run("quota", "bob"));
    }

    @Test
    void accountsMayLieElsewhere() throws IOException {
        Path file = folder.resolve("people");
        assertEquals(0, run("add", "alice", "--accounts", file.toString(), "--password-file", passwordFile.toString()));
        assertTrue(Files.readString(file).contains("alice"));
        assertFalse(Files.exists(store.resolve("accounts")));
    }

    @Test
    void storeComesFromTheConfigurationUnlessGiven() throws IOException {
        Path config = Files.writeString(folder.resolve("conf"), "# ours\n\n store = " + store + "\nlisten=x\n");
        int status = ServerMain.commandLine(new UserCommand(), ConfigFile.read(config))
                .execute("add", "alice", "--password-file", passwordFile.toString());
        assertEquals(0, status);
        assertTrue(Files.exists(store.resolve("accounts")));
    }

    @Test
    void keysAreRotatedAndRevoked() throws IOException {
        Files.createDirectories(store);
        assertEquals(0, run(new TokensCommand(), "rotate"));
        assertEquals(3, Files.readAllLines(store.resolve("token-keys")).size());
        assertEquals(0, run(new TokensCommand(), "rotate", "--revoke"));
        assertEquals(2, Files.readAllLines(store.resolve("token-keys")).size());
    }

    private int run(String... arguments) throws IOException {
        return run(new UserCommand(), arguments);
    }

    private int run(Object command, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.isEmpty()) {
            all.addAll(List.of("--store", store.toString()));
        }
        CommandLine line = ServerMain.commandLine(command, ConfigFile.NONE);
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(new String[0]));
    }
}
