package dev.step.shell.console;

/** What the end of a line is: shown in colour where there are colours. */
public enum Style {
    PLAIN(""),
    FOLDER("\u001b[1;34m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m");

    private static final String RESET = "\u001b[0m";

    private final String start;

    Style(String start) {
        this.start = start;
    }

    String paint(String text) {
        return this == PLAIN ? text : start + text + RESET;
    }
}
