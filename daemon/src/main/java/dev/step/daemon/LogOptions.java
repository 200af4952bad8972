package dev.step.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the server writes into its log, and where: a part of the options of {@code step-server run}. */
final class LogOptions {
    /** How lines look. */
    enum Format {
        /** For people, and key=value for tools. */
        text,
        /** One object a line. */
        json
    }

    /** What is worth a line. */
    enum Level {
        error,
        warn,
        info,
        debug
    }

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How the lines of the log look. Default: ${DEFAULT-VALUE}")
    private Format format = Format.text;

    @Option(
            names = "--log-level",
            paramLabel = "error|warn|info|debug",
            defaultValue = "info",
            description = "What the log tells: this and worse. Default: ${DEFAULT-VALUE}")
    private Level level = Level.info;

    @Option(
            names = "--audit-log",
            paramLabel = "FILE",
            description = {
                "Where to write one line for each request that changes something, instead of into the log; opened"
                        + " again at",
                "every reload. Default: none."
            })
    private @Nullable Path auditLog;

    Format format() {
        return format;
    }

    Level level() {
        return level;
    }

    Optional<Path> auditLog() {
        return Optional.ofNullable(auditLog).map(path -> path.toAbsolutePath().normalize());
    }

    /** Refuses a file in a folder that does not exist. */
    void checkFolder() throws IOException {
        Path folder = auditLog().map(Path::getParent).orElse(null);
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder");
        }
    }
}
