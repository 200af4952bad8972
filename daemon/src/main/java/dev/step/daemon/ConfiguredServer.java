package dev.step.daemon;

import dev.step.daemon.connection.ConnectionRules;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that does what its arguments and its configuration file say, and looks at the file again when it is told to. */
final class ConfiguredServer implements Closeable {
    private final Path config;
    private final List<String> arguments;
    private final ServerLog log;
    private final Running running;
    private Settings settings;

    /** The server, and what watches it. */
    private record Running(ServerOptions.Started started, Watch watch) {
        StepServer server() {
            return started.server();
        }
    }

    private ConfiguredServer(Path config, List<String> arguments, ServerLog log, Running running, Settings settings) {
        this.config = config;
        this.arguments = arguments;
        this.log = log;
        this.running = running;
        this.settings = settings;
    }

    /**
     * Starts it.
     *
     * @param arguments those of {@code step-server run}, without {@code --config}
     * @param log is told how to look, now and at every reload
     * @throws IOException with all that is wrong, one a line, in words for the admin
     */
    static ConfiguredServer start(Path config, List<String> arguments, ServerLog log) throws IOException {
        Settings settings = Settings.read(config, arguments);
        log.apply(settings.options().logging());
        Watch watch = new Watch(settings.options().watching());
        ServerOptions.Started started = settings.options().start(watch);
        return new ConfiguredServer(config, List.copyOf(arguments), log, new Running(started, watch), settings);
    }

    /** Says that all is prepared: for its end, and for being told to reload, too. */
    void announce() throws IOException {
        log().info("Server is ready on {}", shownAddress());
    }

    String shownAddress() throws IOException {
        return running.server().shownAddress();
    }

    /**
     * Applies what has changed in the configuration, the accounts and the certificate to the log, to connections that are made
     * and to uploads that begin from now on, and tells the log what that was, and what waits for a restart. Keeps everything as
     * it is when anything is wrong.
     */
    synchronized void reload() {
        try {
            Settings fresh = Settings.read(config, arguments);
            ConnectionRules rules = fresh.options().connectionRules();
            log.apply(fresh.options().logging());
            running.server().apply(rules);
            running.server().limit(fresh.options().quotas(running.started().accounts()));
            tell(fresh.changesSince(settings));
            settings = fresh;
        } catch (IOException e) {
            String.valueOf(e.getMessage()).lines().forEach(log()::error);
            log().error("Nothing was reloaded; the server goes on with what it had");
        }
    }

    private static void tell(List<Settings.Change> changes) {
        for (Settings.Change change : changes) {
            if (change.appliesWhileRunning()) {
                log().info("{} is {} from now on", change.name(), change.value());
            } else {
                log().warn("{} will be {} only after a restart", change.name(), change.value());
            }
        }
        log().info("Reloaded the configuration, the accounts and the certificate");
    }

    /** Stops it; requests in flight have a few seconds to be answered. */
    @Override
    public void close() throws IOException {
        try (Watch watch = running.watch()) {
            running.server().close();
        }
        log().info("Server has stopped");
    }

    private static Logger log() {
        return LoggerFactory.getLogger(ConfiguredServer.class); // not before the log is configured
    }
}
