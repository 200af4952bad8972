package dev.step.shell.repl;

import dev.step.shell.command.Commands;
import dev.step.shell.command.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into commands and their words: the one grammar of prompt, scripts, pipes and the command line.
 *
 * <p>Blanks separate words, a semicolon separates commands, {@code #} at the start of a word begins a comment. Between
 * single quotes everything means itself; between double quotes everything but a backslash before {@code "} or {@code \}; a
 * backslash elsewhere makes the next character mean itself. A {@code -} before a command is a word by itself, and so are a
 * {@code !} in its place and whatever is behind that up to the end of the line.
 */
final class LineSplitter {
    /** Before a command: it may fail. */
    static final char TOLERATE = '-';

    private static final char NONE = 0;
    private static final char RUN_LOCAL = Commands.RUN_LOCAL.charAt(0);

    private final String line;
    private final List<List<Word>> commands = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private int at;

    private LineSplitter(String line) {
        this.line = line;
    }

    /** Every command of the line; a word that is not complete is only possible as the last one. */
    static List<List<Word>> split(String line) {
        LineSplitter splitter = new LineSplitter(line);
        splitter.splitAll();
        return splitter.commands;
    }

    private void splitAll() {
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                at = line.length();
            } else if (c == ';') {
                at++;
                endCommand();
            } else if (isBlank(c)) {
                at++;
            } else if (c == TOLERATE && words.isEmpty()) {
                words.add(plainWord(at + 1));
            } else if (c == RUN_LOCAL && isCommandStart()) {
                words.add(plainWord(at + 1));
                words.add(plainWord(line.length()));
            } else {
                words.add(word());
            }
        }
        endCommand();
    }

    private boolean isCommandStart() {
        return words.isEmpty() || (words.size() == 1 && words.get(0).isTolerance());
    }

    /** What stands there up to this index, whatever it is. */
    private Word plainWord(int end) {
        int start = at;
        at = end;
        return new Word(line.substring(start, end), start, end, NONE);
    }

    private void endCommand() {
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }

    private Word word() {
        int start = at;
        StringBuilder text = new StringBuilder();
        char open = NONE;
        while (at < line.length() && open == NONE && !endsWord(line.charAt(at))) {
            char c = line.charAt(at++);
            switch (c) {
                case '\'' -> open = singleQuoted(text);
                case '"' -> open = doubleQuoted(text);
                case '\\' -> open = escaped(text);
                case Words.LITERAL -> text.append('\uFFFD'); // no name contains it
                default -> text.append(c);
            }
        }
        return new Word(text.toString(), start, at, open);
    }

    private char singleQuoted(StringBuilder text) {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\'') {
                return NONE;
            }
            Words.addQuoted(text, c);
        }
        return '\'';
    }

    private char doubleQuoted(StringBuilder text) {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return NONE;
            }
            boolean escapes = c == '\\' && at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\\');
            Words.addQuoted(text, escapes ? line.charAt(at++) : c);
        }
        return '"';
    }

    private char escaped(StringBuilder text) {
        if (at == line.length()) {
            return '\\';
        }
        Words.addQuoted(text, line.charAt(at++));
        return NONE;
    }

    private static boolean endsWord(char c) {
        return c == ';' || isBlank(c);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
