package dev.step.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that count something: what is out of range is told like any other value that makes no sense. */
final class WholeNumber {
    private WholeNumber() {}

    private static int atLeast(int least, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw expected(least, text);
        }
        throw expected(least, text);
    }

    private static TypeConversionException expected(int least, String text) {
        return new TypeConversionException("expected a whole number, " + least + " or more, but was '" + text + "'");
    }

    /** 1 or more. */
    static final class Positive implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return atLeast(1, text);
        }
    }

    /** 0 or more. */
    static final class NotNegative implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return atLeast(0, text);
        }
    }
}
