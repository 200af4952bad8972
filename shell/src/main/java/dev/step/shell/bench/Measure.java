package dev.step.shell.bench;

import java.util.Locale;

/** What a figure can be drawn in. */
public enum Measure {
    RATE("MB/s"),
    TIME("milliseconds"),
    VARIATION("coefficient of variation, %"),
    RELATIVE_TIME("time, first = 1"),
    SPEED_UP("throughput, first = 1");

    private static final double MILLIS = 1e3;
    private static final double MICROS = 1e6;
    private static final double PERCENT = 100;

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }

    /** A time such as {@code 0.21 ms}, to three digits. */
    public static String time(double seconds) {
        if (seconds < 1 / MILLIS) {
            return digits(seconds * MICROS) + " µs";
        }
        return seconds < 1 ? digits(seconds * MILLIS) + " ms" : digits(seconds) + " s";
    }

    /** Such as {@code 106 MB/s}, to three digits. */
    public static String rate(double megabytesPerSecond) {
        return digits(megabytesPerSecond) + " MB/s";
    }

    /** Such as {@code 3.25}: a ratio, to three digits. */
    public static String digits(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Such as {@code 12 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * PERCENT);
    }
}
