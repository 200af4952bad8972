package dev.step.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the server's log goes. A program that starts a {@link StepServer} of its own decides for itself. */
final class ServerLog {
    private static final String CONFIGURATION_FILE = "logback.configurationFile";
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private ServerLog() {}

    /** Logs to standard error, unless the admin named a logback file. Before the first logger is asked for. */
    static void configure() {
        if (System.getProperty(CONFIGURATION_FILE) == null) {
            System.setProperty(
                    CONFIGURATION_FILE,
                    "dev/step/daemon/" + (isJournal() ? "logback-journal.xml" : "logback-server.xml"));
        }
    }

    /** Whether standard error is systemd's journal, which knows the time and wants to know the level of each line. */
    private static boolean isJournal() {
        try {
            String place = Files.getAttribute(STANDARD_ERROR, "unix:dev") + ":"
                    + Files.getAttribute(STANDARD_ERROR, "unix:ino");
            return place.equals(System.getenv("JOURNAL_STREAM"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // no system that has a journal
        }
    }
}
