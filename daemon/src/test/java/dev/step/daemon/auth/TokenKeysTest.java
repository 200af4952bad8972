package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token keys, and what becomes of tokens when they change. */
final class TokenKeysTest {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final UserName ALICE = new UserName("alice");

    @TempDir
    Path folder;

    private final SetClock clock = new SetClock();
    private Path file;
    private TokenKeys keys;
    private SignedTokens tokens;
    private final ShownToken last = new ShownToken();

    @BeforeEach
    void makeKeys() throws IOException {
        file = folder.resolve("token-keys");
        keys = TokenKeys.in(file, clock);
        tokens = SignedTokens.withKeys(keys, LIFETIME, clock);
    }

    @Test
    void fileIsForItsOwnersEyesOnly() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void restartedServerHonoursTokens() throws Exception {
        String token = tokens.issue(ALICE, true, 7);
        SignedTokens restarted = SignedTokens.withKeys(TokenKeys.in(file, clock), LIFETIME, clock);
        Caller alice = new Caller(ALICE, true, Optional.of(clock.instant().plus(LIFETIME)));
        assertEquals(
                new SignedTokens.Claim(alice, 7), restarted.claim(token, last).orElseThrow());
    }

    @Test
    void tokenExpires() throws Exception {
        String token = tokens.issue(ALICE, true, 7);
        clock.advance(LIFETIME.minusMillis(1));
        assertTrue(tokens.claim(token, last).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertRefused(token);
    }

    @Test
    void rotationKeepsOldTokensUntilTheyExpire() throws Exception {
        String old = tokens.issue(ALICE, true, 7);
        otherProcess().rotate(LIFETIME);
        assertTrue(tokens.claim(old, last).isPresent());
        assertTrue(tokens.claim(tokens.issue(ALICE, true, 8), new ShownToken()).isPresent());
        assertEquals(3, Files.readAllLines(file).size());
        clock.advance(LIFETIME);
        otherProcess().rotate(LIFETIME);
        assertEquals(3, Files.readAllLines(file).size(), "the first key is of no use any more");
        assertRefused(old);
    }

    @Test
    void revocationEndsAllTokensAtOnce() throws Exception {
        String old = tokens.issue(ALICE, true, 7);
        assertTrue(tokens.claim(old, last).isPresent(), "and is remembered");
        otherProcess().rotate(Duration.ZERO);
        assertRefused(old);
        assertTrue(tokens.claim(tokens.issue(ALICE, true, 7), last).isPresent());
    }

    @Test
    void fileThatOthersCouldReadIsNotUsed() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        IOException failure = assertThrows(IOException.class, () -> TokenKeys.in(file, clock));
        assertTrue(failure.getMessage().contains("chmod 600"), failure.getMessage());
    }

    @Test
    void damagedFileIsToldWithoutQuotingIt() throws Exception {
        String secret = Files.readAllLines(file).get(1).substring(25, 60);
        Files.writeString(file, "step-token-keys 1\nyesterday " + secret + "\n");
        IOException failure = assertThrows(IOException.class, () -> TokenKeys.in(file, clock));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertTrue(!failure.toString().contains(secret) && failure.getCause() == null, failure.toString());
    }

    private TokenKeys otherProcess() throws IOException {
        return TokenKeys.in(file, clock);
    }

    private void assertRefused(String token) {
        RefusedException refusal = assertThrows(RefusedException.class, () -> tokens.claim(token, last));
        assertEquals(Status.UNAUTHORIZED, refusal.status());
    }
}
