package dev.step.shell.progress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Sizes, times and rates in words that are short and the same everywhere. */
public final class Quantity {
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final double STEP = 1024;
    private static final double BYTES_IN_MEGABYTE = 1e6;
    private static final double NANOS_IN_SECOND = 1e9;
    private static final long SECONDS_IN_HOUR = 3600;
    private static final long SECONDS_IN_MINUTE = 60;

    private Quantity() {}

    /** Such as {@code 4.2 KiB}. */
    public static String size(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes / STEP;
        int unit = 0;
        while (value >= STEP - 0.05 && unit < UNITS.size() - 1) { // 1023.95 would be shown as 1024.0
            value /= STEP;
            unit++;
        }
        return oneDecimal(value) + " " + UNITS.get(unit);
    }

    /** Such as {@code 0.01 s}. */
    public static String time(Duration time) {
        long hundredths = Math.round(time.toNanos() / NANOS_IN_SECOND * 100);
        return hundredths / 100 + (hundredths % 100 < 10 ? ".0" : ".") + hundredths % 100 + " s";
    }

    /** Such as {@code 0.4 MB/s}: millions of bytes in a second. */
    public static String rate(long bytes, Duration time) {
        double seconds = Math.max(1, time.toNanos()) / NANOS_IN_SECOND;
        return oneDecimal(bytes / seconds / BYTES_IN_MEGABYTE) + " MB/s";
    }

    /** Without {@link String#format}, which takes longer than a small file. */
    private static String oneDecimal(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /** What is left, such as {@code 0:07} or {@code 1:02:03}. */
    public static String remaining(long seconds) {
        long hours = seconds / SECONDS_IN_HOUR;
        long minutes = seconds % SECONDS_IN_HOUR / SECONDS_IN_MINUTE;
        long rest = seconds % SECONDS_IN_MINUTE;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, rest)
                : String.format(Locale.ROOT, "%d:%02d", minutes, rest);
    }
}
