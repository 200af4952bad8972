package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentDigestTest {
    private static final byte[] CONTENT = new byte[200_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    void piecesOfAnySizeAndKindComeToTheSame(DigestAlgorithm algorithm) {
        Digest expected =
                new Digest(algorithm, HexFormat.of().formatHex(algorithm.start().digest(CONTENT)));
        Random random = new Random(2);
        ContentDigest digest = new ContentDigest(algorithm);
        for (int round = 0; round < 2; round++) { // finishing begins anew
            for (int at = 0; at < CONTENT.length; ) {
                int length = Math.min(CONTENT.length - at, random.nextInt(70_000));
                ByteBuffer piece =
                        random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
                piece.put(CONTENT, at, length).flip();
                digest.update(piece);
                assertEquals(0, piece.remaining());
                at += length;
            }
            assertEquals(expected, digest.finish());
        }
    }
}
