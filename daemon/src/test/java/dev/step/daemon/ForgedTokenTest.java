package dev.step.daemon;

import static dev.step.daemon.ServerTest.expect;
import static dev.step.daemon.ServerTest.expectNames;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.step.daemon.auth.AccountLogin;
import dev.step.daemon.auth.Accounts;
import dev.step.daemon.auth.SetClock;
import dev.step.daemon.auth.SignedTokens;
import dev.step.daemon.auth.TokenKeys;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a server with accounts did not give, or not for this. */
final class ForgedTokenTest {
    private static final Duration LIFETIME = Duration.ofHours(1);
    /** Where in a token's bytes the user's name begins. */
    private static final int NAME_OFFSET = 33;

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private RunningServer server;
    private RawClient client;

    @BeforeEach
    void logIn() throws IOException {
        server = start("store");
        client = server.connect();
        client.useToken(login(client, "alice"));
        expect(404, client.ask("FILE GET", "{'key':'k'}"));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void everyChangedByteAndEveryTruncationIsRefused() throws IOException {
        byte[] good = Base64.getUrlDecoder().decode(client.token().substring(3));
        List<byte[]> forged = new ArrayList<>();
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            forged.add(changed);
            forged.add(java.util.Arrays.copyOf(good, i));
        }
        forged.add(java.util.Arrays.copyOf(good, good.length + 1));
        for (byte[] token : forged) {
            assertRefused("S1." + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
        }
    }

    /** Decoders forgive padding that is not needed, and bits that belong to no byte. */
    @Test
    void otherEncodingsOfTheSameBytesAreRefused() throws IOException {
        String token = client.token();
        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(3));
        assertEquals(1, bytes.length % 3, "the last character has bits to spare");
        char last = token.charAt(token.length() - 1);
        String spareBit = token.substring(0, token.length() - 1) + (char) (last + 1);
        assertArrayEquals(bytes, Base64.getUrlDecoder().decode(spareBit.substring(3)));
        assertRefused(spareBit);
        assertRefused(token + "==");
        assertRefused(token + "=");
    }

    @Test
    void tokenIsNoGoodForAnotherUser() throws IOException {
        byte[] token = Base64.getUrlDecoder().decode(client.token().substring(3));
        byte[] bob = "bobby".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(bob, 0, token, NAME_OFFSET, bob.length);
        assertRefused("S1." + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    @Test
    void expiredTokenIsRefused() throws IOException {
        String token = client.token();
        clock.advance(LIFETIME);
        assertRefused(token);
    }

    @Test
    void tokenOfAnotherServerIsRefused() throws IOException {
        try (RunningServer other = start("other");
                RawClient there = other.connect()) {
            assertRefused(login(there, "alice"));
        }
    }

    @Test
    void tokenOutlivesARestart() throws IOException {
        String token = client.token();
        client.close();
        server.close();
        server = start("store");
        client = server.connect();
        client.useToken(token);
        expect(404, client.ask("FILE GET", "{'key':'k'}"));
    }

    private void assertRefused(String token) throws IOException {
        client.useToken(token);
        expectNames("GET", "AUTH", expect(403, client.ask("FILE GET", "{'key':'k'}")));
    }

    private static String login(RawClient client, String user) throws IOException {
        JsonObject fields = RawClient.loginFields(user, "secret");
        fields.add("features", new JsonArray());
        return expect(200, client.ask(fields)).get("token").getAsString();
    }

    /** All accounts of all servers: what is wrong with a token has to be seen by its signature alone. */
    private static void makeEpochsEqual(Path accounts) throws IOException {
        String text = Files.readString(accounts);
        Files.writeString(accounts, text.replaceAll("\"epoch\":\"[0-9a-f]+\"", "\"epoch\":\"1\""));
    }

    private RunningServer start(String name) throws IOException {
        Path home = folder.resolve(name + "-accounts");
        Accounts accounts = new Accounts(home.resolve("accounts"));
        if (!Files.exists(home)) {
            Files.createDirectory(home);
            accounts.add(new UserName("alice"), "secret");
            accounts.add(new UserName("bobby"), "secret");
            makeEpochsEqual(home.resolve("accounts"));
        }
        SignedTokens tokens = SignedTokens.withKeys(TokenKeys.in(home.resolve("token-keys"), clock), LIFETIME, clock);
        return RunningServer.on(folder.resolve(name), new AccountLogin(accounts, tokens, clock));
    }
}
