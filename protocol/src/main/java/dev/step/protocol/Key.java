package dev.step.protocol;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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
    /** Checks the rules above. */
    public Key {
        if (problemWith(text) != null) {
            throw new IllegalArgumentException(problemWith(text));
        }
    }

    /**
     * A key that came from outside.
     *
     * @throws RefusedException 410 if it breaks a rule
     */
    public static Key of(String text) throws RefusedException {
        String problem = problemWith(text);
        if (problem != null) {
            throw new RefusedException(Status.BAD_FIELD, problem);
        }
        return new Key(text);
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
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "The key contains a control character.";
        }
        if (text.startsWith("/")) {
            return "The key starts with a slash.";
        }
        for (String segment : text.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return "The key has \"" + segment + "\" as a folder or name.";
            }
        }
        return null;
    }

    /** The number of bytes in UTF-8, or -1 if the text holds half a surrogate pair. */
    public static int utf8Length(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            return -1;
        }
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

    @Override
    public String toString() {
        return text;
    }
}
