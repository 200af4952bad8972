package dev.step.shell.progress;

import java.time.Duration;
import java.util.Locale;

/**
 * One transfer in one line: name, bar, bytes, rate, time left, and connections where there are several.
 *
 * @param total in bytes
 * @param done in bytes
 * @param connections how many move it
 */
record ProgressLine(String name, long total, long done, Duration time, int connections) {
    private static final int NAME_COLUMNS = 24;
    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 5;

    /**
     * The line, cut to so many columns.
     *
     * @param nameColumns how long the name is made to be, so that lines of several transfers look like a table
     */
    String text(int columns, int nameColumns) {
        String start = " ".repeat(Math.max(0, nameColumns - nameColumns()));
        int bar = Math.min(WIDEST_BAR, columns - start.length() - words().length() - 3);
        String line = shortName() + start + percent() + (bar < NARROWEST_BAR ? "" : " [" + bar(bar) + "]") + tail();
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
    }

    /** The line without the bar. */
    String words() {
        return shortName() + percent() + tail();
    }

    int nameColumns() {
        String shown = shortName();
        return shown.codePointCount(0, shown.length());
    }

    private String tail() {
        return "  " + Quantity.size(done) + "/" + Quantity.size(total) + "  " + Quantity.rate(done, time) + "  "
                + remaining() + (connections > 1 ? "  " + connections + " connections" : "");
    }

    private String shortName() {
        int points = name.codePointCount(0, name.length());
        return points <= NAME_COLUMNS ? name : name.substring(0, name.offsetByCodePoints(0, NAME_COLUMNS - 1)) + "…";
    }

    private String percent() {
        return String.format(Locale.ROOT, " %3d%%", total == 0 ? 100 : (int) (done * 100.0 / total));
    }

    private String bar(int columns) {
        int full = total == 0 ? columns : (int) (columns * (double) done / total);
        return "#".repeat(full) + "-".repeat(columns - full);
    }

    private String remaining() {
        if (done == 0) {
            return "-:--";
        }
        double secondsPerByte = time.toMillis() / 1e3 / done;
        return Quantity.remaining(Math.round((total - done) * secondsPerByte));
    }
}
