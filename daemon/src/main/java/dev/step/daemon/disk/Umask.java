package dev.step.daemon.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rights that this process takes from what it makes: they were settled before it began. */
final class Umask {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "Umask:";
    private static final int OCTAL = 8;
    private static final int EVERYTHING = 0777;

    private Umask() {}

    /** Whether it leaves files and folders that are made with this mode as they are. */
    static boolean spares(int mode) {
        return (ofProcess() & mode) == 0;
    }

    /** As Linux tells it since 4.7; where nobody tells, what is made has to be looked after. */
    private static int ofProcess() {
        try {
            return of(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return EVERYTHING;
        }
    }

    private static int of(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith(FIELD))
                .map(line -> Integer.parseInt(line.substring(FIELD.length()).strip(), OCTAL))
                .findFirst()
                .orElse(EVERYTHING);
    }
}
