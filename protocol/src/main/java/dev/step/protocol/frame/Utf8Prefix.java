package dev.step.protocol.frame;

/**
 * Text whose length was counted in characters: its first N bytes are a prefix of N code points of UTF-8.
 * Python's {@code len} counts code points, so that is what is counted here.
 */
final class Utf8Prefix {
    private static final int LEAD_2 = 0xC2; // C0 and C1 would be overlong
    private static final int LEAD_3 = 0xE0;
    private static final int LEAD_4 = 0xF0;
    private static final int LEAD_END = 0xF5;

    private Utf8Prefix() {}

    /** Whether these bytes hold non-ASCII and are the beginning of valid UTF-8, so that more may belong to them. */
    static boolean isCutShort(byte[] bytes) {
        boolean ascii = true;
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceLength(bytes[i]);
            if (length == 0) {
                return false;
            }
            ascii &= length == 1;
            for (int k = i + 1; k < Math.min(i + length, bytes.length); k++) {
                if (!isContinuation(bytes[k])) {
                    return false;
                }
            }
            i += length;
        }
        return !ascii;
    }

    /**
     * How many bytes to read before asking again: at least that many are missing from this many code points.
     * 0 when all are there.
     */
    static int bytesMissing(byte[] bytes, int codePoints) {
        int i = 0;
        int counted = 0;
        while (i < bytes.length) {
            i += Math.max(1, sequenceLength(bytes[i]));
            counted++;
        }
        int tail = i - bytes.length; // of a sequence that was begun
        return tail + Math.max(0, codePoints - counted);
    }

    private static int sequenceLength(byte lead) {
        int value = lead & 0xFF;
        if (value < 0x80) {
            return 1;
        }
        if (value < LEAD_2 || value >= LEAD_END) {
            return 0;
        }
        return value < LEAD_3 ? 2 : value < LEAD_4 ? 3 : 4;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
