package dev.step.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file or a value: 1 to {@link Limits#MAX_KEY_BYTES} bytes of UTF-8 without control characters,
 * compared byte by byte and never normalised. A slash makes folders for people to see; a key that would leave its
 * folder ({@code .} or {@code ..} as a segment, a leading slash) is refused.
 *
 * <p>The order is that of the UTF-8 bytes, which is the order of listings.
 */
public record Key(String text) implements Comparable<Key> {
    private static final char FIRST_OF_TWO_BYTES = 0x80;
    private static final char FIRST_OF_THREE_BYTES = 0x800;

    /** Checks the rules above. */
    public Key {
        String problem = problemWith(text);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * A key that came from outside.
     *
     * @throws RefusedException 410 if it breaks a rule
     */
    public static Key of(String text) throws RefusedException {
        try {
            return new Key(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Status.BAD_FIELD, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String problemWith(String text) {
        if (text.isEmpty()) {
            return "The key is empty.";
        }
        int bytes = utf8Length(text);
        if (bytes < 0) {
            return "The key is not valid Unicode.";
        }
        if (bytes > Limits.MAX_KEY_BYTES) {
            return "The key is longer than " + Limits.MAX_KEY_BYTES + " bytes.";
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return "The key contains a control character.";
            }
        }
        if (text.startsWith("/")) {
            return "The key starts with a slash.";
        }
        return text.endsWith(".") || text.contains("./") ? problemWithSegments(text) : null;
    }

    private static @Nullable String problemWithSegments(String text) {
        for (String segment : text.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return "The key has \"" + segment + "\" as a folder or name.";
            }
        }
        return null;
    }

    /** The number of bytes in UTF-8, or -1 if the text holds half a surrogate pair. */
    public static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < FIRST_OF_TWO_BYTES) {
                bytes++;
            } else if (c < FIRST_OF_THREE_BYTES) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    /** The key's bytes in UTF-8. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Key other) {
        return compareUtf8(text, other.text);
    }

    /** Compares two texts by their bytes in UTF-8, without encoding them. */
    public static int compareUtf8(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                // Surrogates stand for code points above every other char, but sort below U+E000..U+FFFF as chars.
                boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** In these words, because the JVM puts a record's own together when it is first called, which takes it 30 ms. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key key && text.equals(key.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
