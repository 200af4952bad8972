package dev.step.daemon.store.disk;

/**
 * Texts in a form whose natural order as Java strings is that of their UTF-8 bytes, and back. Java compares UTF-16,
 * where surrogates, which stand for the characters beyond U+FFFF, come before U+E000 to U+FFFF. Here the two ranges have
 * changed places. Most texts have neither, and are their own sortable form; comparing strings the way Java does is
 * several times faster than any comparator.
 *
 * <pre>
 * text       D800..DFFF (surrogates)    E000..FFFF
 * sortable   F800..FFFF                 D800..F7FF
 * </pre>
 */
final class Utf8Order {
    private static final char FIRST_MOVED = Character.MIN_SURROGATE;
    private static final int SURROGATES = Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;
    private static final int OTHERS = 0x10000 - Character.MAX_SURROGATE - 1;

    private Utf8Order() {}

    static String sortable(String text) {
        return exchanged(text, SURROGATES, OTHERS);
    }

    static String original(String sortable) {
        return exchanged(sortable, OTHERS, SURROGATES);
    }

    /** Exchanges the two ranges, given how many chars the lower and the upper one have. */
    private static String exchanged(String text, int lower, int upper) {
        int first = 0;
        while (first < text.length() && text.charAt(first) < FIRST_MOVED) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            if (chars[i] >= FIRST_MOVED) {
                boolean isLower = chars[i] < FIRST_MOVED + lower;
                chars[i] = (char) (isLower ? chars[i] + upper : chars[i] - lower);
            }
        }
        return new String(chars);
    }
}
