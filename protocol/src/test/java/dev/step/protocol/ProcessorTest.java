package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'flags\t\t: fpu avx2 sha_ni vaes', true",
        "'flags\t\t: fpu avx2 vaes', false",
        "'Features\t: fp asimd aes pmull sha1 sha2 crc32', true",
        "'Features\t: fp asimd aes pmull sha1 crc32', false",
        "'flags\t\t: fpu sha_nix', false"
    })
    void linuxNamesTheInstructionsForSha256(String line, boolean inHardware) throws IOException {
        Path description = folder.resolve("cpuinfo");
        Files.writeString(
                description,
                "processor\t: 0\nmodel name\t: sha_ni sha2\n" + line + "\nbugs\t\t: sha_ni\n\nprocessor\t: 1\n");
        assertEquals(inHardware, Processor.isInHardware(description));
    }

    @Test
    void elsewhereNothingIsKnown() throws IOException {
        assertFalse(Processor.isInHardware(folder.resolve("none")));
        Path other = folder.resolve("other");
        Files.writeString(other, "nothing of the kind\n");
        assertFalse(Processor.isInHardware(other));
    }
}
