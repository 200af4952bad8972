package dev.step.shell.progress;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * All transfers of a command in one line: files, bytes, rate, time left.
 *
 * @param total in bytes; empty when nobody knows
 * @param done in bytes
 */
record TotalLine(int files, int filesEnded, OptionalLong total, long done, Duration time) {
    private static final String UNKNOWN = "-:--";

    /** The line, cut to so many columns. */
    String text(int columns) {
        String line = words();
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
    }

    String words() {
        String bytes = Quantity.size(done) + (total.isPresent() ? "/" + Quantity.size(total.getAsLong()) : "");
        return filesEnded + "/" + files + " files  " + bytes + "  " + Quantity.rate(done, time) + "  " + remaining();
    }

    /** By what is left to move; where that is not known, by what a file took so far. */
    private String remaining() {
        double part = total.isPresent() ? (double) done / Math.max(1, total.getAsLong()) : (double) filesEnded / files;
        return part == 0 ? UNKNOWN : Quantity.remaining(Math.round(time.toMillis() / 1e3 * (1 - part) / part));
    }
}
