package dev.step.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether SIGINT means anything to the programs that tests start: what is started in the background may ignore it. */
final class Interrupts {
    private static final long BIT = 2;

    private Interrupts() {}

    static boolean arrive() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & BIT) != 0);
    }
}
