package dev.step.daemon;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code step-server run}: serves in the foreground until it is told to stop. */
@Command(
        name = "run",
        description = "Serves in the foreground until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final int STOPPED_WELL = 0;
    private static final int STOPPED_BADLY = 1;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerLog.configure();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        StepServer server = options.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndExit(server, log), "shutdown"));
        log.info("Server is ready on {}", server.shownAddress());
        new CountDownLatch(1).await(); // the shutdown hook ends the process
        return STOPPED_WELL;
    }

    /** A signal would have the JVM exit with the signal's status; a server that stopped as asked exits with 0. */
    private static void stopAndExit(StepServer server, Logger log) {
        int status = STOPPED_WELL;
        try {
            server.close();
            log.info("Server has stopped");
        } catch (IOException e) {
            log.error("Server has stopped, but its store could not be closed", e);
            status = STOPPED_BADLY;
        }
        Runtime.getRuntime().halt(status);
    }
}
