package dev.step.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The digest of some content.
 *
 * @param hex its value in lower-case hexadecimal digits
 */
public record Digest(DigestAlgorithm algorithm, String hex) {
    private static final HexFormat HEX = HexFormat.of();

    public Digest {
        if (!isValue(algorithm, hex)) {
            throw new IllegalArgumentException("not a " + algorithm.wireName() + " value: " + hex);
        }
    }

    /** Ends a computation. */
    public static Digest of(DigestAlgorithm algorithm, MessageDigest computation) {
        return new Digest(algorithm, HEX.formatHex(computation.digest()));
    }

    /** A value that came from outside, in either case. */
    public static Digest parse(DigestAlgorithm algorithm, String text) throws RefusedException {
        try {
            return new Digest(algorithm, text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Status.BAD_FIELD,
                    "The " + algorithm.wireName() + " digest has to be " + 2 * algorithm.bytes()
                            + " hexadecimal digits.");
        }
    }

    /** The MD5 of a text in UTF-8, as lower-case hexadecimal digits: the form in which passwords travel. */
    public static String md5Hex(String text) {
        return HEX.formatHex(DigestAlgorithm.MD5.start().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isValue(DigestAlgorithm algorithm, String hex) {
        if (hex.length() != 2 * algorithm.bytes()) {
            return false;
        }
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** In these words for the reason that {@link Key} gives. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && algorithm == digest.algorithm && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }
}
