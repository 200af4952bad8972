package dev.step.daemon;

import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What an option says; or a word for that it says nothing.
 *
 * @param none that word
 */
record OptionalSetting<T>(Optional<T> value, String none) {
    static <T> OptionalSetting<T> absent(String none) {
        return new OptionalSetting<>(Optional.empty(), none);
    }

    @Override
    public String toString() {
        return value.map(Object::toString).orElse(none);
    }

    /** Reads such an option. */
    abstract static class Converter<T> implements ITypeConverter<OptionalSetting<T>> {
        private final String none;
        private final String forms;

        /** @param forms what else than the word may be said, in words for the admin */
        Converter(String none, String forms) {
            this.none = none;
            this.forms = forms;
        }

        /**
         * Reads a value; empty if it is none of the forms.
         *
         * @throws IllegalArgumentException in words for the admin, if it is one, but makes no sense
         */
        abstract Optional<T> parse(String text);

        @Override
        public OptionalSetting<T> convert(String text) {
            if (text.equals(none)) {
                return absent(none);
            }
            try {
                Optional<T> value = parse(text);
                if (value.isPresent()) {
                    return new OptionalSetting<>(value, none);
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException("expected " + none + forms + ", but was '" + text + "'");
        }
    }
}
