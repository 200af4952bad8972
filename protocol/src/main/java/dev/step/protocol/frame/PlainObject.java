package dev.step.protocol.frame;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that nearly all messages are, several times as fast as a reader of all JSON does: one object in ASCII,
 * without escapes, of strings, whole numbers, true, false and null. It refuses nothing: whether anything else is JSON is not
 * for this class to say.
 *
 * <pre>
 *   {"name": "text", "name": 123, "name": true}        blanks, tabs and line ends may stand around every part
 * </pre>
 */
final class PlainObject {
    /** A number of more digits may not be a long. */
    private static final int MOST_DIGITS = 18;

    private static final int END = -1;

    private static final JsonPrimitive TRUE = new JsonPrimitive(true);
    private static final JsonPrimitive FALSE = new JsonPrimitive(false);

    private final byte[] text;
    private int at;

    private PlainObject(byte[] text) {
        this.text = text;
    }

    /**
     * The object that this text is; empty if it is not as plain as that, or no object at all.
     *
     * @param mostFields how many fields it may have, repeated ones included
     */
    static Optional<JsonObject> read(byte[] text, int mostFields) {
        return Optional.ofNullable(new PlainObject(text).object(mostFields));
    }

    private @Nullable JsonObject object(int mostFields) {
        JsonObject object = new JsonObject();
        if (next() != '{') {
            return null;
        }
        for (int fields = 0; fields < mostFields; fields++) {
            String name = next() == '"' ? string() : null;
            JsonElement value = name != null && next() == ':' ? value(next()) : null;
            if (name == null || value == null) {
                return null;
            }
            object.add(name, value);
            int behind = next();
            if (behind == '}') {
                return next() == END ? object : null;
            }
            if (behind != ',') {
                return null;
            }
        }
        return null;
    }

    /** The next byte that is no white space, which is then passed; {@link #END} when there is none. */
    private int next() {
        while (at < text.length) {
            byte b = text[at++];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xFF;
            }
        }
        return END;
    }

    private @Nullable JsonElement value(int first) {
        return switch (first) {
            case '"' -> primitive(string());
            case 't' -> word("true", TRUE);
            case 'f' -> word("false", FALSE);
            case 'n' -> word("null", JsonNull.INSTANCE);
            case END -> null;
            default -> number();
        };
    }

    private static @Nullable JsonElement primitive(@Nullable String string) {
        return string == null ? null : new JsonPrimitive(string);
    }

    /** The rest of a string, behind its first quote. */
    private @Nullable String string() {
        int start = at;
        while (at < text.length) {
            byte b = text[at++];
            if (b == '"') {
                return new String(text, start, at - 1 - start, StandardCharsets.ISO_8859_1); // of ASCII the quickest
            }
            if (b < ' ' || b == '\\') { // bytes beyond ASCII are negative
                return null;
            }
        }
        return null;
    }

    private @Nullable JsonElement word(String word, JsonElement meaning) {
        int start = at - 1;
        if (text.length - start < word.length()) {
            return null;
        }
        for (int i = 1; i < word.length(); i++) {
            if (text[at++] != word.charAt(i)) {
                return null;
            }
        }
        return meaning;
    }

    private @Nullable JsonElement number() {
        int start = --at;
        long number = 0;
        while (at < text.length && isDigit(text[at])) {
            number = 10 * number + text[at++] - '0';
        }
        int digits = at - start;
        boolean isPlain = digits > 0 && digits <= MOST_DIGITS && (digits == 1 || text[start] != '0');
        return isPlain ? new JsonPrimitive(number) : null;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
