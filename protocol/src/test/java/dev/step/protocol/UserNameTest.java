package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "7", "a.b", "..", "/", "王小明", "\ud83d\ude00", " "})
    void nameIsKeptAsItIs(String text) throws RefusedException {
        assertEquals(text, UserName.of(text).text());
    }

    @Test
    void lengthIsCountedInBytesOfUtf8() throws RefusedException {
        assertEquals(128, Key.utf8Length(UserName.of("é".repeat(64)).text()));
        Refused.with(Status.BAD_FIELD, () -> UserName.of("é".repeat(64) + "a"));
        Refused.with(Status.BAD_FIELD, () -> UserName.of("a".repeat(129)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\n", "a\u007fb", "\u0085"})
    void controlCharactersAreRefused(String text) {
        Refused.with(Status.BAD_FIELD, () -> UserName.of(text));
        assertThrows(IllegalArgumentException.class, () -> new UserName(text));
    }

    @Test
    void halfASurrogatePairIsRefused() {
        Refused.with(Status.BAD_FIELD, () -> UserName.of("a\ud800"));
    }
}
