package dev.step.daemon.journal;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names one upload of a store, and is never used again: 128 random bits, in text 32 lower-case hexadecimal digits.
 */
public record UploadId(long high, long low) {
    static final int BYTES = 16;

    private static final HexFormat HEX = HexFormat.of();
    private static final int HALF_DIGITS = 16;

    /** A new one, from a source that nobody can predict. */
    public static UploadId random(RandomGenerator random) {
        return new UploadId(random.nextLong(), random.nextLong());
    }

    /** The id that this text is the canonical form of; empty for any other text. */
    public static Optional<UploadId> parse(String text) {
        if (text.length() != 2 * HALF_DIGITS || !text.chars().allMatch(UploadId::isDigit)) {
            return Optional.empty();
        }
        return Optional.of(new UploadId(
                HexFormat.fromHexDigitsToLong(text, 0, HALF_DIGITS),
                HexFormat.fromHexDigitsToLong(text, HALF_DIGITS, 2 * HALF_DIGITS)));
    }

    private static boolean isDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
