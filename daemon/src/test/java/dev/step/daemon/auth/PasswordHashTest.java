package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {
    /** From the tests of the reference implementation of Argon2: password "password", salt "somesalt". */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static final String PASSWORD = Digest.md5Hex("s3cret");

    @Test
    void knowsTheReferenceImplementationsHash() {
        assertTrue(PasswordHash.parse(REFERENCE).matches("password"));
        assertFalse(PasswordHash.parse(REFERENCE).matches("passwore"));
    }

    @Test
    void onlyTheRightPasswordMatchesInEitherCase() {
        PasswordHash hash = PasswordHash.of(PASSWORD);
        assertTrue(hash.matches(PASSWORD));
        assertTrue(hash.matches(PASSWORD.toUpperCase(java.util.Locale.ROOT)));
        assertFalse(hash.matches(Digest.md5Hex("S3cret")));
        assertFalse(hash.matches(""));
    }

    @Test
    void textOfAHashIsReadBack() {
        PasswordHash hash = PasswordHash.of(PASSWORD);
        assertTrue(hash.phc().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash.phc());
        assertTrue(PasswordHash.parse(hash.phc()).matches(PASSWORD));
        assertEquals(hash.phc(), PasswordHash.parse(hash.phc()).phc());
    }

    @Test
    void samePasswordIsKeptDifferentlyEachTime() {
        assertNotEquals(
                PasswordHash.of(PASSWORD).phc(), PasswordHash.of(PASSWORD).phc());
    }

    @Test
    void onlyTodaysCostIsCurrent() {
        assertTrue(PasswordHash.of(PASSWORD).isCurrent());
        assertFalse(PasswordHash.of(PASSWORD, new PasswordHash.Cost(64, 1, 1)).isCurrent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh",
            })
    void textThatIsNoHashOrWouldCostTooMuchIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
    }

    @Test
    void hashIsNotPrinted() {
        assertEquals("***", PasswordHash.of(PASSWORD).toString());
    }
}
