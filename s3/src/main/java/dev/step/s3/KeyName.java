package dev.step.s3;

import dev.step.protocol.DigestAlgorithm;
import dev.step.protocol.Key;
import dev.step.protocol.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keys as parts of objects' names: ASCII, in the order of the keys' bytes, which is the order of listings, and beginning
 * alike where the keys do.
 *
 * <pre>
 * a/b c      a/b c                    bytes from the space to "}" stand for themselves
 * ~é         ~7E~C3~A9                "~", which follows those, and all bytes beyond it are "~XX", in the same order
 * (long)     (640 characters)~~HASH   longer ones are cut off, and told apart by their SHA-256; only among names that
 *                                     are cut off at the same text is the order not that of the keys
 * </pre>
 */
final class KeyName {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final char ESCAPE = '~';
    private static final int ESCAPE_CHARS = 3;
    private static final String CUT = "~~";
    /** Beyond this names are cut off. */
    static final int MOST_CHARS = 640;

    private KeyName() {}

    static String of(Key key) {
        String escaped = escape(key.text());
        return escaped.length() <= MOST_CHARS ? escaped : escaped.substring(0, MOST_CHARS) + CUT + hash(key.text());
    }

    /** The beginning of the names of all keys that begin like this. */
    static String ofPrefix(String text) {
        String escaped = escape(text);
        return escaped.substring(0, Math.min(MOST_CHARS, escaped.length()));
    }

    /** Whether the name is not all of the key. */
    static boolean isCut(String name) {
        return name.length() > MOST_CHARS;
    }

    /** The key of a name that is not cut off; empty if it is no key's. */
    static Optional<Key> key(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Key.of(text)).filter(key -> of(key).equals(name));
            } catch (RefusedException e) {
                return Optional.empty();
            }
        });
    }

    /** The text that this is the escaped form of. */
    static Optional<String> text(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != ESCAPE) {
                bytes.write(name.charAt(i));
                continue;
            }
            if (i + ESCAPE_CHARS > name.length()
                    || !HexFormat.isHexDigit(name.charAt(i + 1))
                    || !HexFormat.isHexDigit(name.charAt(i + 2))) {
                return Optional.empty();
            }
            bytes.write(HexFormat.fromHexDigits(name, i + 1, i + ESCAPE_CHARS));
            i += ESCAPE_CHARS - 1;
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b < ESCAPE) {
                escaped.append((char) b);
            } else {
                escaped.append(ESCAPE).append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    /** The SHA-256 of a text, in hexadecimal digits. */
    static String hash(String text) {
        return HEX.formatHex(DigestAlgorithm.SHA_256.start().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
