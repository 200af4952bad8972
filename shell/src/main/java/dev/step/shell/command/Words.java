package dev.step.shell.command;

/**
 * A word as the user meant it. What was quoted is to be taken as it is, and that has to survive until the word is used: a
 * NUL, which no name can contain, stands before each quoted character that would have had a meaning unquoted.
 */
public final class Words {
    /** Stands before a character that means itself. */
    public static final char LITERAL = '\0';

    private static final String SPECIAL = "*?[]{}~";
    private static final String PATTERN = "*?[";

    private Words() {}

    /** Adds a quoted character to a word. */
    public static void addQuoted(StringBuilder word, char c) {
        if (SPECIAL.indexOf(c) >= 0) {
            word.append(LITERAL);
        }
        word.append(c);
    }

    /** The word's text. */
    public static String plain(String word) {
        return word.indexOf(LITERAL) < 0 ? word : word.replace(String.valueOf(LITERAL), "");
    }

    /** Whether the word stands for all names that match it. */
    public static boolean isPattern(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == LITERAL) {
                i++;
            } else if (PATTERN.indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
