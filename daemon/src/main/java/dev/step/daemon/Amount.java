package dev.step.daemon;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How much of something an admin allows: a whole number, with K, M, G or T for 1024 of the one before; or "none" for no
 * limit.
 *
 * @param limit 0 or more
 */
record Amount(OptionalLong limit) {
    /** No limit. */
    static final Amount NONE = new Amount(OptionalLong.empty());

    private static final String NO_LIMIT = "none";
    private static final String UNITS = "KMGT";
    private static final int BITS_OF_UNIT = 10;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([" + UNITS + "]?)");

    static Amount parse(String text) {
        if (text.equals(NO_LIMIT)) {
            return NONE;
        }
        Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(text);
        }
        long number = Long.parseLong(matcher.group(1));
        int bits = matcher.group(2).isEmpty() ? 0 : BITS_OF_UNIT * (UNITS.indexOf(matcher.group(2)) + 1);
        if (number > Long.MAX_VALUE >> bits) {
            throw refused(text);
        }
        return new Amount(OptionalLong.of(number << bits));
    }

    private static TypeConversionException refused(String text) {
        return new TypeConversionException(
                "'" + text + "' is not an amount: a whole number, also with K, M, G or T behind it, or none");
    }

    @Override
    public String toString() {
        return limit.isPresent() ? Long.toString(limit.getAsLong()) : NO_LIMIT;
    }

    /** Reads amounts on command lines and in configuration files. */
    static final class Converter implements ITypeConverter<Amount> {
        @Override
        public Amount convert(String value) {
            return parse(value);
        }
    }
}
