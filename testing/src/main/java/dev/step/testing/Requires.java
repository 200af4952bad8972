package dev.step.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What some tests need beyond a JDK and Maven: where it is missing they are skipped, with words that say what. */
public final class Requires {
    private static final String ROOT = "root";

    private Requires() {}

    /** Skips the calling test unless it runs as root. */
    public static void root() {
        if (!ROOT.equals(System.getProperty("user.name"))) {
            abort("needs root");
        }
    }

    /**
     * Skips the calling test unless there is this program on the {@code PATH} or among the system's own.
     *
     * @param debianPackage what to install to have it
     * @return where the program is
     */
    public static Path program(String name, String debianPackage) {
        return find(name).orElseGet(() -> abort("needs " + name + ": apt install " + debianPackage));
    }

    private static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
