package dev.step.shell.repl;

import dev.step.shell.command.Words;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * A line up to the cursor, as completion sees it: the words of the command that the cursor is in.
 *
 * @param words unquoted; the last one is being typed and may be empty
 * @param rawWordCursor how long the last word is as it was typed, with quotes
 * @param quote the quote that it was begun with, or 0
 */
record PromptLine(String line, int cursor, List<String> words, int rawWordCursor, char quote)
        implements CompletingParsedLine {
    static PromptLine of(String line, int cursor) {
        String before = line.substring(0, cursor);
        List<List<Word>> commands = LineSplitter.split(before);
        List<Word> last = commands.isEmpty() ? List.of() : commands.get(commands.size() - 1);
        int end = last.isEmpty() ? 0 : last.get(last.size() - 1).end();
        if (before.substring(end).contains(";")) {
            last = List.of();
        }
        List<String> words = new ArrayList<>(last.stream()
                .skip(!last.isEmpty() && last.get(0).isTolerance() ? 1 : 0)
                .map(word -> Words.plain(word.text()))
                .toList());
        if (last.isEmpty() || end < cursor) {
            words.add("");
            return new PromptLine(line, cursor, List.copyOf(words), 0, (char) 0);
        }
        int start = last.get(last.size() - 1).start();
        char first = start < end ? before.charAt(start) : 0; // what follows a ! is a word, be it empty
        return new PromptLine(
                line, cursor, List.copyOf(words), end - start, first == '"' || first == '\'' ? first : (char) 0);
    }

    @Override
    public String word() {
        return words.get(words.size() - 1);
    }

    @Override
    public int wordCursor() {
        return word().length();
    }

    @Override
    public int wordIndex() {
        return words.size() - 1;
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return Quoting.quote(candidate.toString(), quote, complete);
    }

    @Override
    public int rawWordLength() {
        return rawWordCursor;
    }
}
