package dev.step.shell.progress;

import java.time.Duration;
import java.util.Locale;

/**
 * One transfer in one line: name, bar, bytes, rate, time left.
 *
 * @param total in bytes
 * @param done in bytes
 */
record ProgressLine(String name, long total, long done, Duration time) {
    private static final int NAME_COLUMNS = 24;
    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 5;

    /** The line, cut to so many columns. */
    String text(int columns) {
        int bar = Math.min(WIDEST_BAR, columns - words().length() - 3);
        String line = bar < NARROWEST_BAR ? words() : head() + " [" + bar(bar) + "]" + tail();
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
    }

    /** The line without the bar. */
    String words() {
        return head() + tail();
    }

    private String head() {
        return String.format(Locale.ROOT, "%s %3d%%", shortName(), percent());
    }

    private String tail() {
        return "  " + Quantity.size(done) + "/" + Quantity.size(total) + "  " + Quantity.rate(done, time) + "  "
                + remaining();
    }

    private String shortName() {
        int points = name.codePointCount(0, name.length());
        return points <= NAME_COLUMNS ? name : name.substring(0, name.offsetByCodePoints(0, NAME_COLUMNS - 1)) + "…";
    }

    private int percent() {
        return total == 0 ? 100 : (int) (done * 100.0 / total);
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
