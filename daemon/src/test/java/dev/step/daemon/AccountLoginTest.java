package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static dev.step.daemon.ServerTest.expectNames;
import static dev.step.daemon.ServerTest.number;
import static dev.step.daemon.ServerTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.OldHashes;
import dev.step.daemon.auth.SetClock;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.disk.WatchedFile;
import dev.step.protocol.Digest;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose users have accounts. */
final class AccountLoginTest {
    private static final UserName ALICE = new UserName("alice");
    private static final Duration LIFETIME = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private final SignedTokens tokens = SignedTokens.withFreshKey(LIFETIME, clock);
    private Path file;
    private Accounts admin;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("accounts");
        admin = new Accounts(file);
        admin.add(ALICE, "secret");
        server = RunningServer.on(folder.resolve("store"), new AccountLogin(new Accounts(file), tokens, clock));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void rightPasswordLogsInAndTheTokenWorks() throws IOException {
        try (RawClient client = server.connect()) {
            client.useToken(text(expect(200, client.ask(login("alice", "secret"))), "token"));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void wrongPasswordAndUnknownAndDisabledUserGetTheSameAnswer() throws IOException {
        admin.add(new UserName("bob"), "secret");
        admin.setDisabled(new UserName("bob"), true);
        try (RawClient client = server.connect()) {
            JsonObject wrong = expect(401, client.ask(login("alice", "guess")));
            assertEquals(wrong, expect(401, client.ask(login("mallory", "guess"))));
            assertEquals(wrong, expect(401, client.ask(login("bob", "secret"))));
            expectNames("LOGIN", "AUTH", wrong);
        }
    }

    @Test
    void protocolsOwnRuleLetsNobodyIn() throws IOException {
        try (RawClient client = server.connect()) {
            expect(401, client.ask(RawClient.loginFields("alice")));
            String head = "alice.20260101000000.login";
            String legacy = head + "." + Digest.md5Hex(head + "kjh20)*(1");
            client.useToken(Base64.getEncoder().encodeToString(legacy.getBytes(StandardCharsets.UTF_8)));
            expectNames("GET", "AUTH", expect(403, client.ask("FILE GET", "{'key':'k'}")));
        }
    }

    @Test
    void userWhoIsAddedIsKnownAtOnce() throws IOException {
        try (RawClient client = server.connect()) {
            expect(401, client.ask(login("bob", "hello")));
            admin.add(new UserName("bob"), "hello");
            expect(200, client.ask(login("bob", "hello")));
        }
    }

    @Test
    void changesOfAnAccountEndItsTokensAtOnce() throws IOException {
        try (RawClient client = loggedIn("secret")) {
            admin.setPassword(ALICE, "other");
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(login("alice", "secret")));
        }
        try (RawClient client = loggedIn("other")) {
            admin.setDisabled(ALICE, true);
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(login("alice", "other")));
            admin.setDisabled(ALICE, false);
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
        }
        try (RawClient client = loggedIn("other")) {
            admin.remove(ALICE);
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(login("alice", "other")));
            admin.add(ALICE, "other");
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    /** The admin's commands draw another epoch, too; an editor does not. */
    @Test
    void accountThatIsDisabledWithAnEditorEndsItsTokensAtOnce() throws IOException {
        try (RawClient client = loggedIn("secret")) {
            String text = Files.readString(file);
            Files.writeString(file, text.replace("}", ",\"disabled\":true}"));
            WatchedFile.awaitNoticed();
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(login("alice", "secret")));
        }
    }

    @Test
    void tokenExpires() throws IOException {
        try (RawClient client = loggedIn("secret")) {
            clock.advance(LIFETIME);
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
        }
    }

    @Test
    void statusTellsWhenTheTokenExpires() throws IOException {
        try (RawClient client = loggedIn("secret")) {
            JsonObject status = expect(200, client.ask("AUTH STATUS", "{}"));
            assertEquals(clock.instant().plus(LIFETIME).toEpochMilli(), number(status, "token_expires"));
        }
    }

    @Test
    void hashOfAnotherCostIsReplacedAtLoginAndTokensLiveOn() throws IOException {
        String cheap = "$argon2id$v=19$m=64,t=1,p=1$";
        String phc = OldHashes.phc(Digest.md5Hex("secret"));
        Files.writeString(
                file, "step-accounts 1\n{\"user\":\"alice\",\"password\":\"" + phc + "\",\"epoch\":\"1f\"}\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertTrue(Files.readString(file).contains(cheap));
        try (RawClient client = loggedIn("secret")) {
            assertFalse(Files.readString(file).contains(cheap));
            expect(404, client.ask("FILE GET", "{'key':'k'}"));
            expect(200, client.ask(login("alice", "secret")));
        }
    }

    @Test
    void tenThousandWrongPasswordsBringAGuesserNowhereAndHurtNobodyElse() throws IOException {
        admin.add(new UserName("bob"), "hello");
        int refused = 0;
        try (RawClient eve = server.connect()) {
            for (int i = 0; i < 10_000; i++) {
                int status = eve.ask(login("alice", "guess " + i)).get("status").getAsInt();
                refused += status == 429 ? 1 : 0;
                assertTrue(status == 429 || status == 401, "status " + status);
            }
            expect(429, eve.ask(login("alice", "secret")));
            expect(410, eve.ask(RawClient.loginFields("alice", "secret")));
            expect(200, eve.ask(login("bob", "hello")));
        }
        assertEquals(10_000 - 11, refused, "ten guesses are free, and the eleventh makes the others wait");
        clock.advance(Duration.ofMinutes(1));
        loggedIn("secret").close();
    }

    @Test
    void oneAddressCannotTryOnePasswordWithEveryUser() throws IOException {
        int tried = 0;
        try (RawClient eve = server.connect()) {
            while (tried < 200
                    && eve.ask(login("user " + tried, "123456")).get("status").getAsInt() == 401) {
                tried++;
            }
            expect(429, eve.ask(login("alice", "secret")));
        }
        assertEquals(101, tried);
    }

    @Test
    void accountsThatCannotBeReadLetNobodyIn() throws IOException {
        try (RawClient client = loggedIn("secret")) {
            Files.writeString(file, "nonsense");
            WatchedFile.awaitNoticed();
            expect(410, client.ask("FILE GET", "{'key':'k'}")); // whether this client knows 500 is not known either
            expect(500, client.ask(login("alice", "secret")));
            Files.delete(file);
            WatchedFile.awaitNoticed();
            expect(403, client.ask("FILE GET", "{'key':'k'}"));
            expect(401, client.ask(login("alice", "secret")));
        }
    }

    private RawClient loggedIn(String password) throws IOException {
        RawClient client = server.connect();
        client.useToken(text(expect(200, client.ask(login("alice", password))), "token"));
        return client;
    }

    private static JsonObject login(String user, String password) {
        JsonObject fields = RawClient.loginFields(user, password);
        fields.add("features", new JsonArray());
        return fields;
    }
}
