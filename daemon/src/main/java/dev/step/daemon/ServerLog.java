package dev.step.daemon;

/** Where the server's log goes. A program that starts a {@link StepServer} of its own decides for itself. */
final class ServerLog {
    private static final String CONFIGURATION_FILE = "logback.configurationFile";

    private ServerLog() {}

    /** Logs to standard error, unless the admin named a logback file. Before the first logger is asked for. */
    static void configure() {
        if (System.getProperty(CONFIGURATION_FILE) == null) {
            System.setProperty(CONFIGURATION_FILE, "dev/step/daemon/logback-server.xml");
        }
    }
}
