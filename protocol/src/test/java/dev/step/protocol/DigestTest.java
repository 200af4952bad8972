package dev.step.protocol;

import static dev.step.protocol.DigestAlgorithm.MD5;
import static dev.step.protocol.DigestAlgorithm.SHA_256;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void computationsComeToThePublishedValues() {
        assertEquals(new Digest(MD5, MD5_OF_ABC), digestOfAbc(MD5));
        assertEquals(new Digest(SHA_256, SHA_256_OF_ABC), digestOfAbc(SHA_256));
    }

    private static Digest digestOfAbc(DigestAlgorithm algorithm) {
        MessageDigest computation = algorithm.start();
        computation.update("abc".getBytes(StandardCharsets.US_ASCII));
        return Digest.of(algorithm, computation);
    }

    @Test
    void passwordTravelsAsTheMd5OfItsUtf8() {
        assertEquals("d41d8cd98f00b204e9800998ecf8427e", Digest.md5Hex(""));
        assertEquals(MD5_OF_ABC, Digest.md5Hex("abc"));
        assertEquals("a7bac2239fcdcb3a067903d8077c4a07", Digest.md5Hex("中文"));
    }

    @Test
    void eitherCaseIsTheSameDigest() throws RefusedException {
        assertEquals(new Digest(MD5, MD5_OF_ABC), Digest.parse(MD5, MD5_OF_ABC.toUpperCase(Locale.ROOT)));
        assertEquals(
                new Digest(SHA_256, SHA_256_OF_ABC), Digest.parse(SHA_256, SHA_256_OF_ABC.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "900150983cd24fb0d6963f7d28e17f7",
                "900150983cd24fb0d6963f7d28e17f720",
                "g00150983cd24fb0d6963f7d28e17f72",
                " 00150983cd24fb0d6963f7d28e17f72",
                "-00150983cd24fb0d6963f7d28e17f72",
                "\uff10" + "00150983cd24fb0d6963f7d28e17f72",
                "\u0130" + "00150983cd24fb0d6963f7d28e17f72",
                SHA_256_OF_ABC
            })
    void textThatIsNoMd5IsRefused(String text) {
        Refused.with(Status.BAD_FIELD, text, () -> Digest.parse(MD5, text));
        assertThrows(IllegalArgumentException.class, () -> new Digest(MD5, text));
    }

    @Test
    void upperCaseIsNotAValueUntilItIsParsed() {
        assertThrows(IllegalArgumentException.class, () -> new Digest(MD5, MD5_OF_ABC.toUpperCase(Locale.ROOT)));
    }

    @Test
    void algorithmsAreFoundByTheNamesOfTheWire() {
        assertEquals(MD5, DigestAlgorithm.named("md5").orElseThrow());
        assertEquals(SHA_256, DigestAlgorithm.named("sha-256").orElseThrow());
        for (String name : new String[] {"", "MD5", "sha256", "SHA-256", "crc32"}) {
            assertTrue(DigestAlgorithm.named(name).isEmpty(), name);
        }
    }
}
