package dev.step.daemon;

import dev.step.protocol.DigestAlgorithm;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;

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

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(DigestAlgorithm.SHA_256.start().digest(content));
    }

    static String crc32c(byte[] block) {
        CRC32C crc = new CRC32C();
        crc.update(block);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
