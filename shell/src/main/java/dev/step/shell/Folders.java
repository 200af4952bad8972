package dev.step.shell;

import java.nio.file.Path;
import java.util.Map;

/** Where the user's files are, by the XDG base directory specification. */
final class Folders {
    private final Map<String, String> environment;
    private final Path home;

    private Folders(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    static Folders ofUser() {
        return new Folders(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** What the embedded server keeps. */
    Path embeddedStore() {
        return base("XDG_DATA_HOME", ".local/share").resolve("step/embedded");
    }

    /** The user's configuration. */
    Path configuration() {
        return base("XDG_CONFIG_HOME", ".config").resolve("step/config");
    }

    /** The keys of the servers that were met. */
    Path knownServers() {
        return base("XDG_DATA_HOME", ".local/share").resolve("step/known_servers");
    }

    /** The lines that were typed. */
    Path history() {
        return base("XDG_STATE_HOME", ".local/state").resolve("step/history");
    }

    /** The specification has relative paths ignored. */
    private Path base(String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.startsWith("/") ? Path.of(value) : home.resolve(otherwise);
    }
}
