package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.command.Words;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
    @Test
    void blanksSeparateWords() {
        assertEquals(List.of(List.of("put", "a", "b")), split("  put \t a  b\r"));
    }

    @Test
    void anEmptyLineHasNoCommand() {
        assertEquals(List.of(), split(""));
        assertEquals(List.of(), split("  ; ;; "));
        assertEquals(List.of(), split("  # put a"));
    }

    @Test
    void semicolonsSeparateCommands() {
        assertEquals(List.of(List.of("put", "a"), List.of("ls"), List.of("quit")), split("put a;ls ; quit;"));
        assertEquals(List.of(List.of("put", "a;b", "c;d", "e;f")), split("put 'a;b' \"c;d\" e\\;f"));
    }

    @Test
    void aCommentBeginsAWord() {
        assertEquals(List.of(List.of("put", "a#b", "#c")), split("put a#b '#c' # d ; e"));
    }

    @Test
    void quotesKeepEverythingTogether() {
        assertEquals(
                List.of(List.of("put", "my file", "it's", "\\", "a b", "")),
                split("put 'my file' \"it's\" '\\' a\\ b ''"));
        assertEquals(List.of(List.of("a bc d")), split("a' b'c\\ \"d\""));
    }

    @Test
    void betweenDoubleQuotesABackslashOnlyEscapesQuoteAndBackslash() {
        assertEquals(List.of(List.of("\"", "\\", "\\n", "\\$")), split("\"\\\"\" \"\\\\\" \"\\n\" \"\\$\""));
    }

    @Test
    void unicodeAndBracketsAreOrdinary() {
        assertEquals(List.of(List.of("put", "東京[1]", "Größe!", "😀")), split("put 東京[1] Größe! 😀"));
    }

    @Test
    void onlyUnquotedStarsMakeAPattern() {
        assertTrue(Words.isPattern(word("*.txt")));
        assertTrue(Words.isPattern(word("'*'?")));
        assertFalse(Words.isPattern(word("'*'.txt")));
        assertFalse(Words.isPattern(word("\\*.txt")));
        assertFalse(Words.isPattern(word("\"a[1]?\"")));
        assertEquals("*.txt", Words.plain(word("'*'.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"put 'a", "put \"a", "put a\\", "put 'a;b"})
    void whatIsLeftOpenIsSeen(String line) {
        List<List<Word>> commands = LineSplitter.split(line);
        List<Word> last = commands.get(commands.size() - 1);
        assertTrue(last.get(last.size() - 1).quote() != 0);
    }

    @Test
    void whatQuotingWritesSplittingReads() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = " \t'\"\\;#*?[]{}~!$aé東-/";
        for (int round = 0; round < 2000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (char quote : new char[] {0, '\'', '"'}) {
                String line = "get " + Quoting.quote(name.toString(), quote, true);
                assertEquals(List.of(List.of("get", name.toString())), split(line), line + " seed " + seed);
                assertFalse(
                        Words.isPattern(LineSplitter.split(line).get(0).get(1).text()), line + " seed " + seed);
            }
        }
    }

    @Test
    void completionSeesTheWordsOfTheCommandAtTheCursor() {
        assertEquals(
                List.of("put", "my fi"), PromptLine.of("ls; put my\\ fi", 14).words());
        assertEquals(List.of("put", "my fi"), PromptLine.of("put \"my fi", 10).words());
        assertEquals(List.of("put", ""), PromptLine.of("put ", 4).words());
        assertEquals(List.of(""), PromptLine.of("put a;", 6).words());
        assertEquals(List.of("p"), PromptLine.of("put a", 1).words());
    }

    @Test
    void completionUnderstandsWhateverIsTyped() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = " \t'\"\\;#*!!--aé東😀";
        for (int round = 0; round < 5000; round++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(8); line.length() < length; ) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int cursor = random.nextInt(line.length() + 1);
            PromptLine seen = assertDoesNotThrow(() -> PromptLine.of(line.toString(), cursor), line + " seed " + seed);
            assertTrue(seen.rawWordLength() <= cursor, line + " seed " + seed);
        }
        assertEquals(List.of("!", ""), PromptLine.of("!", 1).words());
    }

    @Test
    void completionQuotesAsTheWordWasBegun() {
        assertEquals("my\\ file", PromptLine.of("put my", 6).escape("my file", true));
        assertEquals("\"my file\"", PromptLine.of("put \"my", 7).escape("my file", true));
        assertEquals("\"my folder/", PromptLine.of("put \"my", 7).escape("my folder/", false));
        assertEquals("'my file'", PromptLine.of("put 'my", 7).escape("my file", true));
        assertEquals("it\\'s\\ me", PromptLine.of("put 'it", 7).escape("it's me", true));
    }

    private static List<List<String>> split(String line) {
        return LineSplitter.split(line).stream()
                .map(words ->
                        words.stream().map(word -> Words.plain(word.text())).toList())
                .toList();
    }

    private static String word(String line) {
        return LineSplitter.split(line).get(0).get(0).text();
    }
}
