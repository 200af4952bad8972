package dev.step.shell.embedded;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the embedded server's log goes: beside its files, as the terminal is the user's. */
final class EmbeddedLog {
    private EmbeddedLog() {}

    /** To be called before the first logger is asked for; later calls mean nothing. */
    static void sendTo(Path store) {
        System.setProperty("step.embedded.log", store.resolve("server.log").toString());
        System.setProperty("logback.configurationFile", "dev/step/shell/embedded/logback-embedded.xml");
    }

    static Logger logger() {
        return LoggerFactory.getLogger(EmbeddedServer.class);
    }
}
