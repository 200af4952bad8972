package dev.step.daemon.journal;

import java.time.Duration;
import java.util.Locale;

/** Values as a person reads them in a terminal. */
public final class ShownText {
    private ShownText() {}

    /** A text that came from outside: in quotes where needed to see its bounds, and nothing a terminal would obey. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> append(shown, c));
        boolean plain = !text.isEmpty() && text.contentEquals(shown) && text.indexOf(' ') < 0;
        return plain ? text : "\"" + shown + "\"";
    }

    private static void append(StringBuilder shown, int c) {
        int type = Character.getType(c);
        if (c == '"' || c == '\\') {
            shown.append('\\').append((char) c);
        } else if (Character.isISOControl(c)
                || type == Character.FORMAT // among them those that turn the direction of writing
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR) {
            shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    /** How long ago, in the largest unit that there is a whole one of. */
    public static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    /** A CRC32C, as the protocol writes it. */
    static String crc(int crc) {
        return String.format(Locale.ROOT, "%08x", crc);
    }
}
