package dev.step.daemon;

import java.io.IOException;
import org.apache.commons.daemon.Daemon;
import org.apache.commons.daemon.DaemonContext;
import org.apache.commons.daemon.DaemonInitException;
import org.apache.commons.daemon.DaemonUserSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParameterException;

/** What jsvc runs: {@code step-server run} with the same options, as a daemon. It only delegates. */
public final class StepDaemon implements Daemon, DaemonUserSignal {
    private @Nullable ConfiguredServer server;

    /** Everything that can fail is done here, as jsvc tells of failures in {@link #start} with a stack trace only. */
    @Override
    public void init(DaemonContext context) throws DaemonInitException {
        ServerLog serverLog = ServerLog.configure();
        try {
            ConfiguredServer started = RunCommand.parse(context.getArguments()).start(serverLog);
            server = started;
            started.announce();
            SystemdNotice.ready("Serving on " + started.shownAddress());
        } catch (ParameterException | IOException e) {
            Logger log = LoggerFactory.getLogger(StepDaemon.class); // not before the log is configured
            ServerMain.words(e).lines().forEach(log::error);
            throw new DaemonInitException("The server has not started");
        }
    }

    @Override
    public void start() {}

    /** SIGUSR2. */
    @Override
    public void signal() {
        if (server != null) {
            server.reload();
        }
    }

    @Override
    public void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void destroy() {}
}
