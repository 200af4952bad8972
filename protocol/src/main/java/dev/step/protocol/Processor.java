package dev.step.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What this machine's processor is good at. Linux says it; measuring would say little in a program that has just started,
 * as it would measure Java's interpreter.
 */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    /** What Linux calls the instructions for SHA-256: on x86 and on 64-bit Arm. */
    private static final Set<String> SHA_256_INSTRUCTIONS = Set.of("sha_ni", "sha2");

    private Processor() {}

    /** SHA-256 where the processor has instructions for it, which make it twice as fast as MD5; elsewhere MD5. */
    public static DigestAlgorithm cheapestDigest() {
        return Sha256.IN_HARDWARE ? DigestAlgorithm.SHA_256 : DigestAlgorithm.MD5;
    }

    /** Looks once, and when it is first asked. */
    private static final class Sha256 {
        static final boolean IN_HARDWARE = isInHardware(DESCRIPTION);

        private Sha256() {}
    }

    /** Whether this description of processors, as Linux writes it, names the instructions. */
    static boolean isInHardware(Path description) {
        try (BufferedReader lines = Files.newBufferedReader(description, StandardCharsets.ISO_8859_1)) {
            return lines.lines()
                    .filter(Processor::listsInstructions)
                    .findFirst() // they are all alike
                    .filter(line -> List.of(line.split("\\s+")).stream().anyMatch(SHA_256_INSTRUCTIONS::contains))
                    .isPresent();
        } catch (IOException e) {
            return false; // not Linux
        }
    }

    private static boolean listsInstructions(String line) {
        String name = line.toLowerCase(Locale.ROOT);
        return name.startsWith("flags") || name.startsWith("features");
    }
}
