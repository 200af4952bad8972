package dev.step.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code step-server run}: serves in the foreground until it is told to stop. */
@Command(
        name = "run",
        description = "Serves in the foreground until SIGTERM or SIGINT. SIGUSR2 has it read its configuration file, "
                + "its accounts and its certificate again, and keep its connections.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final int STOPPED_WELL = 0;
    private static final int STOPPED_BADLY = 1;

    @Mixin
    @SuppressWarnings("unused") // for help and usage; what a server is to do is read, and read again, by Settings
    private ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerLog log = ServerLog.configure();
        CompletableFuture<ConfiguredServer> ready = new CompletableFuture<>();
        ReloadSignal.handle(() -> ready.join().reload()); // from the start: unhandled, it would end the process
        ConfiguredServer server = start(log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndExit(server), "shutdown"));
        ready.complete(server);
        server.announce();
        new CountDownLatch(1).await(); // the shutdown hook ends the process
        return STOPPED_WELL;
    }

    /** The command with these arguments, which are those behind {@code step-server run}. */
    static RunCommand parse(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        ConfigFile config = ConfigFile.read(ConfigOption.in(arguments));
        config.refuseMistakes();
        CommandLine line = ServerMain.commandLine(new ServerMain(), config);
        ParseResult parsed = line.parseArgs(all.toArray(new String[0]));
        return (RunCommand) parsed.subcommand().commandSpec().userObject();
    }

    ConfiguredServer start(ServerLog log) throws IOException {
        return ConfiguredServer.start(ConfigOption.of(spec), arguments(), log);
    }

    /** What the command line says about the server. */
    private List<String> arguments() {
        return spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> SettingDefinitions.exists(SettingDefinitions.name(option)))
                .map(option -> SettingDefinitions.asArgument(
                        SettingDefinitions.name(option),
                        option.originalStringValues().get(0)))
                .toList();
    }

    /** A signal would have the JVM exit with the signal's status; a server that stopped as asked exits with 0. */
    private static void stopAndExit(ConfiguredServer server) {
        int status = STOPPED_WELL;
        try {
            server.close();
        } catch (IOException e) {
            Logger log = LoggerFactory.getLogger(RunCommand.class); // not before the log is configured
            log.error("Server has stopped, but its store could not be closed", e);
            status = STOPPED_BADLY;
        }
        Runtime.getRuntime().halt(status);
    }
}
