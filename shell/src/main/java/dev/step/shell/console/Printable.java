package dev.step.shell.console;

/** Text that may come from anybody, made safe to show: nothing in it moves the cursor or turns the text around. */
public final class Printable {
    private static final int DELETE = 0x7F;
    private static final int FIRST_BEYOND_C1 = 0xA0;

    private Printable() {}

    /** The text with control and direction characters written as {@code \xNN} or {@code \}{@code uNNNN}. */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** Printable ASCII only, as most texts are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= DELETE) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isUnsafe(c)) {
                out.append(c < FIRST_BEYOND_C1 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isUnsafe(int c) {
        return c < ' '
                || (c >= DELETE && c < FIRST_BEYOND_C1)
                || Character.getType(c) == Character.SURROGATE
                || c == 0x061C // Arabic letter mark
                || (c >= 0x200E && c <= 0x200F) // direction marks
                || (c >= 0x2028 && c <= 0x202E) // separators, embeddings, overrides
                || (c >= 0x2066 && c <= 0x2069); // isolates
    }
}
