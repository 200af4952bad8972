package dev.step.shell.repl;

/**
 * A word of a line.
 *
 * @param text as {@link dev.step.shell.command.Words} keeps it
 * @param start where it begins in the line, quotes included
 * @param end where it ends in the line
 * @param quote the quote that is still open at its end; a backslash when it ends with one; 0 when it is complete
 */
record Word(String text, int start, int end, char quote) {
    /** Whether it is the sign that the command behind it may fail. */
    boolean isTolerance() {
        return start + 1 == end && text.equals(String.valueOf(LineSplitter.TOLERATE));
    }
}
