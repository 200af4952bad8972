package dev.step.daemon;

import dev.step.protocol.DigestAlgorithm;
import java.util.HexFormat;
import java.util.Random;

/** Bytes for tests. */
final class Content {
    private Content() {}

    /** The same bytes for the same seed. */
    static byte[] of(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String md5(byte[] content) {
        return HexFormat.of().formatHex(DigestAlgorithm.MD5.start().digest(content));
    }
}
