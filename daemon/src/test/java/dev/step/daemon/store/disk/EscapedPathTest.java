package dev.step.daemon.store.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.daemon.Seed;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedPathTest {
    private static final Path BASE = Path.of("/base");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a, a",
                "a/b, a=/b",
                "a//b, a=/=/b",
                "a/, a=/%00",
                "a//, a=/=/%00",
                "50%=é?, 50%25%3D%C3%A9%3F",
                "..., %2E..",
                ".../x, %2E..=/x",
                ".hidden, .hidden",
                "a b.txt, a b.txt",
                "日, %E6%97%A5",
                "😀, %F0%9F%98%80",
                "back\\slash|pipe, back%5Cslash%7Cpipe",
                "\"*<>:`, %22%2A%3C%3E%3A%60",
                "CON, CON",
            })
    void aKeyHasThePathThatTheCommentDraws(String key, String path) {
        assertEquals(path, relative(key).toString());
        assertEquals(Optional.of(new Key(key)), EscapedPath.key(Path.of(path)));
    }

    @Test
    void aLongNameGoesOnInAFolder() {
        assertEquals("a".repeat(240), relative("a".repeat(240)).toString());
        assertEquals("a".repeat(240) + "%/a", relative("a".repeat(241)).toString());
        assertEquals(
                "a".repeat(240) + "%/b=/c", relative("a".repeat(240) + "b/c").toString());
        assertEquals(
                "a".repeat(239) + "%/%C3%A9", relative("a".repeat(239) + "é").toString(), "escapes are not cut");
        assertEquals(
                "a".repeat(240) + "%/%2E.", relative("a".repeat(240) + "..").toString(), "nor is '..' left over");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a%00", "%61", "a=", "a=b", "%e9", "%E9", "a%/b", "%2F", "..", "a=/../b", "é", "%", "a%2"})
    void anotherSpellingIsNoKey(String path) {
        assertEquals(Optional.empty(), EscapedPath.key(Path.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../x",
                "./x",
                "a/..",
                "a/.",
                "a/../b",
                "a/./b",
                "../../etc/passwd",
                "/etc/passwd",
                "//x",
                "/",
                "..\\x",
                "..\\..\\x",
                "\\..\\x",
                "%2e%2e/x",
                "%2E%2E%2Fx",
                "..%2fx",
                "..%5cx",
                "%252e%252e/x",
                "..;/x",
                "....//x",
                "..../x",
                ". ./x",
                ".. /x",
                " ../x",
                "..\u00a0/x",
                "\u2025/x",
                "..\u2215x",
                "..\u2044x",
                "\uff0e\uff0e/x",
                "a/\uff0e\uff0e\uff0fx",
                "~root/x",
                "C:\\x",
                "\\\\host\\x",
                "..:x",
                "..=/x",
                "a=/../x",
                "a%/../x",
                "%00",
                "file:///x"
            })
    void noSpellingLeavesTheFolder(String text) {
        Key key;
        try {
            key = Key.of(text);
        } catch (RefusedException e) {
            return; // refused at the door
        }
        Path path = EscapedPath.of(BASE, key);
        assertStaysBelow(path);
        assertEquals(Optional.of(key), EscapedPath.key(BASE.relativize(path)));
    }

    @Test
    void randomKeysComeBackAndNoTwoShareAPath() {
        Random random = Seed.random();
        Map<String, String> keysOfPaths = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            Key key = randomKey(random);
            Path path = EscapedPath.of(BASE, key);
            assertStaysBelow(path);
            assertEquals(Optional.of(key), EscapedPath.key(BASE.relativize(path)), key.text());
            String other = keysOfPaths.put(path.toString(), key.text());
            assertTrue(other == null || other.equals(key.text()), () -> other + " and " + key);
        }
    }

    @Test
    void aFileNeverLiesWhereAnotherKeyNeedsAFolder() {
        Random random = Seed.random();
        Map<Path, Boolean> isFile = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Path path = EscapedPath.of(BASE, randomKey(random));
            assertNotEquals(Boolean.FALSE, isFile.put(path, true), path.toString());
            for (Path up = path.getParent(); !up.equals(BASE); up = up.getParent()) {
                assertNotEquals(Boolean.TRUE, isFile.put(up, false), up.toString());
            }
        }
    }

    @Test
    void theLongestPathsStayBelowTheBound() {
        List<String> units = List.of("日", "é", "😀", "*", "*/", "/", "a/", ".../", ".", "%", "x");
        for (String unit : units) {
            int bytes = unit.getBytes(StandardCharsets.UTF_8).length;
            String text = "k" + unit.repeat(1023 / bytes);
            int length = relative(text).toString().length();
            assertTrue(length <= EscapedPath.MAX_KEY_CHARS, unit + ": " + length);
        }
        String user = "日".repeat(42) + "**";
        int length = BASE.relativize(EscapedPath.of(BASE, new UserName(user)))
                .toString()
                .length();
        assertTrue(length <= EscapedPath.MAX_USER_CHARS, "" + length);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"``, %00", "a/b, a%2Fb", ".., %2E.", "., %2E", "/, %2F", "ann, ann", "a=, a%3D", "日, %E6%97%A5"})
    void aUserIsOneSegment(String user, String path) {
        assertEquals(
                path, BASE.relativize(EscapedPath.of(BASE, new UserName(user))).toString());
    }

    private static Path relative(String key) {
        return BASE.relativize(EscapedPath.of(BASE, new Key(key)));
    }

    private static void assertStaysBelow(Path path) {
        assertTrue(path.startsWith(BASE));
        assertEquals(path, path.normalize());
        for (Path name : BASE.relativize(path)) {
            String text = name.toString();
            assertTrue(text.length() <= 244, text);
            assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7F), text);
            assertFalse(text.equals(".") || text.equals("..") || text.isEmpty(), text);
        }
    }

    /** Made of what matters: a few letters, so that keys resemble each other, and everything that is escaped. */
    private static Key randomKey(Random random) {
        String[] units = {"a", "b", "/", "/", ".", "..", "=", "%", "%25", "%00", "é", "日", "😀", " ", "~", "\uffff", "*"
        };
        while (true) {
            StringBuilder text = new StringBuilder();
            int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 8);
            for (int i = 0; i < count; i++) {
                String unit = units[random.nextInt(units.length)];
                text.append(random.nextInt(40) == 0 ? unit.repeat(100) : unit);
            }
            try {
                return Key.of(text.toString());
            } catch (RefusedException e) {
                // another one
            }
        }
    }
}
