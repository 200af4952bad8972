package dev.step.shell.command;

import java.util.regex.Pattern;

/**
 * The names that a word stands for. {@code *} is any text and {@code ?} any character without a slash, {@code [a-z]} one of
 * these characters, {@code [!a-z]} another one.
 */
final class Glob {
    private final String word;
    private final StringBuilder expression = new StringBuilder();
    private int at;

    private Glob(String word) {
        this.word = word;
    }

    /** The expression that the whole of a name has to match. */
    static Pattern pattern(String word) {
        Glob glob = new Glob(word);
        while (glob.at < word.length()) {
            glob.step();
        }
        return Pattern.compile(glob.expression.toString(), Pattern.DOTALL);
    }

    /** What every name that the word stands for begins with. */
    static String literalStart(String word) {
        int end = 0;
        while (end < word.length() && !Words.isPattern(word.substring(0, end + 1))) {
            end++;
        }
        return Words.plain(word.substring(0, end));
    }

    private void step() {
        char c = word.charAt(at++);
        switch (c) {
            case Words.LITERAL -> literal(word.charAt(at++));
            case '*' -> expression.append("[^/]*");
            case '?' -> expression.append("[^/]");
            case '[' -> characters();
            default -> literal(c);
        }
    }

    private void literal(char c) {
        boolean special = c < 0x80 && !Character.isLetterOrDigit(c);
        expression.append(special ? "\\" : "").append(c);
    }

    /** A bracket that is never closed means itself. */
    private void characters() {
        boolean others = at < word.length() && word.charAt(at) == '!';
        int first = others ? at + 1 : at;
        int close = word.indexOf(']', first + 1);
        if (close < 0) {
            literal('[');
            return;
        }
        expression.append(others ? "[^/" : "[");
        for (at = first; at < close; at++) {
            char c = word.charAt(at);
            if (c == '-' && at > first && at < close - 1) {
                expression.append(c);
            } else if (c != Words.LITERAL) {
                literal(c);
            }
        }
        at = close + 1;
        expression.append(others ? "]" : "&&[^/]]");
    }
}
