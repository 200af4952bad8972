package dev.step.shell.console;

/** How large a terminal is, in characters. */
public record WindowSize(int columns, int rows) {
    /** Of a terminal of which nothing is known. */
    public static final WindowSize USUAL = new WindowSize(80, 24);

    /** The usual size in place of what a terminal does not say. */
    public static WindowSize of(int columns, int rows) {
        return new WindowSize(columns > 0 ? columns : USUAL.columns, rows > 0 ? rows : USUAL.rows);
    }
}
