package dev.step.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void aStarIsAnyTextWithoutASlash() {
        assertTrue(matches("*.txt", ".txt"));
        assertTrue(matches("a*c", "abbc"));
        assertTrue(matches("*/b", "a/b"));
        assertFalse(matches("*.txt", "a/b.txt"));
        assertFalse(matches("*.txt", "a.txt2"));
    }

    @Test
    void aQuestionMarkIsOneCharacter() {
        assertTrue(matches("a?c", "abc"));
        assertTrue(matches("?", "東"));
        assertFalse(matches("a?c", "ac"));
        assertFalse(matches("a?c", "a/c"));
    }

    @Test
    void bracketsAreOneOfTheirCharacters() {
        assertTrue(matches("[abc]", "b"));
        assertTrue(matches("[a-c]x", "bx"));
        assertTrue(matches("[!a-c]", "d"));
        assertTrue(matches("[]]", "]"));
        assertTrue(matches("[a-]", "-"));
        assertTrue(matches("[&&]", "&"));
        assertFalse(matches("[!a-c]", "b"));
        assertFalse(matches("[!a]", "/"));
        assertFalse(matches("[+--/]", "/"));
        assertTrue(matches("[open", "[open"));
    }

    @Test
    void whatWasQuotedMeansItself() {
        assertTrue(matches("\0*.txt", "*.txt"));
        assertFalse(matches("\0*.txt", "a.txt"));
        assertTrue(matches("\0[1\0]*", "[1] of 2"));
        assertTrue(matches("a+(b)|^$\\.{2}*", "a+(b)|^$\\.{2}"));
    }

    @Test
    void theLiteralStartEndsBeforeTheFirstPattern() {
        assertEquals("a/b", Glob.literalStart("a/b*c"));
        assertEquals("*a", Glob.literalStart("\0*a?"));
        assertEquals("", Glob.literalStart("*"));
        assertEquals("plain", Glob.literalStart("plain"));
    }

    private static boolean matches(String word, String name) {
        return Glob.pattern(word).matcher(name).matches();
    }
}
