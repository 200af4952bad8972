package dev.step.daemon;

import dev.step.daemon.control.ControlClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code step-server kick}: closes connections of a running server. */
@Command(
        name = "kick",
        description =
                "Closes connections of the running server. Clients may connect again: \"step-server user disable\""
                        + " keeps a user out. Exit status 1 if there was none to close.",
        mixinStandardHelpOptions = true)
final class KickCommand implements Callable<Integer> {
    private static final int GOOD = 0;
    private static final int NOBODY = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ControlOption control = new ControlOption();

    @Parameters(
            paramLabel = "USER|ADDRESS|ID",
            description =
                    "Whose connections: a user's, an address's, or the one that \"step-server status\" shows with this "
                            + "number, which counts before a user of that name.")
    private String target = "";

    @Override
    public Integer call() throws IOException {
        int closed = new ControlClient(control.needed()).kick(target);
        PrintWriter out = spec.commandLine().getOut();
        out.println(closed == 1 ? "1 connection closed" : closed + " connections closed");
        out.flush();
        return closed == 0 ? NOBODY : GOOD;
    }
}
