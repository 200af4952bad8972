package dev.step.shell.bench;

import dev.step.shell.progress.Quantity;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 256K}, {@code 5M}. */
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9})([KMG]?)");
    private static final String UNITS = "KMG";
    private static final List<String> UNIT_NAMES = List.of("B", "KiB", "MiB", "GiB");
    private static final int STEP_BITS = 10;

    private ByteSize() {}

    /** The size in bytes; empty when the text is none. K, M and G are powers of 1024. */
    public static OptionalLong parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        return OptionalLong.of(Long.parseLong(matcher.group(1)) << (STEP_BITS * unit));
    }

    /** Such as {@code 256 KiB}, and {@code 1.5 MiB} when it does not come out even. */
    public static String of(long bytes) {
        int unit = 0;
        long value = bytes;
        while (value >= 1 << STEP_BITS && value % (1 << STEP_BITS) == 0 && unit < UNIT_NAMES.size() - 1) {
            value >>= STEP_BITS;
            unit++;
        }
        boolean even = unit > 0 || bytes < 1 << STEP_BITS;
        return even ? value + " " + UNIT_NAMES.get(unit) : Quantity.size(bytes);
    }
}
