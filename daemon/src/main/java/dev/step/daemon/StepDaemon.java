package dev.step.daemon;

import java.io.IOException;
import org.apache.commons.daemon.Daemon;
import org.apache.commons.daemon.DaemonContext;
import org.apache.commons.daemon.DaemonInitException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParameterException;

/** What jsvc runs: the options of {@code step-server run}, as a daemon. It only delegates. */
public final class StepDaemon implements Daemon {
    private final ServerOptions options = new ServerOptions();
    private @Nullable StepServer server;

    @Override
    public void init(DaemonContext context) throws DaemonInitException {
        ServerLog.configure();
        try {
            ServerMain.commandLine(options, ConfigFile.ofMachine()).parseArgs(context.getArguments());
        } catch (ParameterException | IOException e) {
            throw new DaemonInitException(e.getMessage());
        }
    }

    @Override
    public void start() throws IOException {
        StepServer started = options.start();
        server = started;
        log().info("Server is ready on {}", started.shownAddress());
    }

    @Override
    public void stop() throws IOException {
        if (server != null) {
            server.close();
            log().info("Server has stopped");
        }
    }

    @Override
    public void destroy() {}

    private static Logger log() {
        return LoggerFactory.getLogger(StepDaemon.class); // not before the log is configured
    }
}
