package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    /** The ends of every length in UTF-8, and the two sides of the surrogates, which chars sort between. */
    private static final int[] CODE_POINTS = {
        '-', '/', 'a', 'b', 0xA0, 0x7FF, 0x800, 0x6587, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "/",
                "//",
                "/a",
                "/etc/passwd",
                "../a",
                "a/..",
                "a/.",
                "a/../b",
                "a/./b",
                "./a",
                "a//../b",
                "../../../../tmp/x",
                "a/b/../../../c",
                "..//a"
            })
    void keyThatWouldLeaveItsFolderIsRefused(String text) {
        Refused.with(Status.BAD_FIELD, text, () -> Key.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "...",
                ".a",
                "a.",
                "..a",
                "a..",
                "a/...",
                "a/.b",
                "a/b",
                "a/b/c",
                "a/",
                "a//b",
                " ",
                "a b",
                "..\\a",
                "C:\\a",
                "%2e%2e/a",
                "%00",
                "~",
                "-rf",
                "a:b",
                "*?\"<>|",
                "CON",
                "文件-😀",
                "e\u0301",
                "\u00e9",
                "\u2028",
                "\uff0e\uff0e/a",
                "\ufeff",
                "\uffff"
            })
    void keyThatOnlyLooksDangerousIsKeptAsItIs(String text) throws RefusedException {
        assertEquals(text, Key.of(text).text());
        assertEquals(text, Key.of(text).toString());
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Key.of(text).utf8());
    }

    @Test
    void everyControlCharacterIsRefusedWhereverItStands() {
        for (char c = 0; c < 0xA0; c++) {
            if (c < 0x20 || c >= 0x7F) {
                String control = String.valueOf(c);
                for (String text : new String[] {control, control + "a", "a" + control, "a" + control + "b"}) {
                    Refused.with(Status.BAD_FIELD, "U+" + Integer.toHexString(c), () -> Key.of(text));
                }
            }
        }
    }

    @Test
    void emptyKeyIsRefused() {
        Refused.with(Status.BAD_FIELD, () -> Key.of(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u4e2d", "\ud83d\ude00"})
    void lengthIsCountedInBytesOfUtf8(String one) throws RefusedException {
        int bytes = one.getBytes(StandardCharsets.UTF_8).length;
        String longest = one.repeat(1024 / bytes) + "a".repeat(1024 % bytes);
        assertEquals(1024, Key.of(longest).utf8().length);
        Refused.with(Status.BAD_FIELD, () -> Key.of(longest + "a"));
    }

    @Test
    void halfASurrogatePairIsRefused() {
        for (String text :
                new String[] {"\ud800", "\udc00", "a\ud83d", "\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00"}) {
            Refused.with(Status.BAD_FIELD, text, () -> Key.of(text));
            assertEquals(-1, Key.utf8Length(text));
        }
    }

    @Test
    void constructorRefusesWhatTheFactoryRefuses() {
        for (String text : new String[] {"", "/a", "..", "a\u0000", "\ud800", "a".repeat(1025)}) {
            assertThrows(IllegalArgumentException.class, () -> new Key(text));
        }
    }

    @Test
    void sameLettersInAnotherNormalFormAreAnotherKey() throws RefusedException {
        assertNotEquals(Key.of("\u00e9"), Key.of("e\u0301"));
        assertNotEquals(0, Key.of("\u00e9").compareTo(Key.of("e\u0301")));
    }

    @Test
    void keysAreOrderedByTheirBytesInUtf8() {
        Random random = Seeded.random();
        for (int round = 0; round < 50_000; round++) {
            assertSameOrder(text(random), text(random));
        }
    }

    @Test
    void charactersBeyondTheSurrogatesSortBelowThePairs() throws RefusedException {
        assertSameOrder("\uffff", "\ud83d\ude00");
        assertSameOrder("x\ue000", "x\ud800\udc00");
        assertSameOrder("\ud7ff", "\ud800\udc00");
        assertSameOrder("\ud83d\ude00", "\ud83d\ude01");
        assertSameOrder("a", "a\ud83d\ude00");
        assertEquals(-1, Integer.signum(Key.of("\uffff").compareTo(Key.of("\ud800\udc00"))));
    }

    private static void assertSameOrder(String left, String right) {
        int expected =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertEquals(Integer.signum(expected), Integer.signum(Key.compareUtf8(left, right)), left + " to " + right);
        assertEquals(-Integer.signum(expected), Integer.signum(Key.compareUtf8(right, left)), right + " to " + left);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }
}
