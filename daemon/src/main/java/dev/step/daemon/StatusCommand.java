package dev.step.daemon;

import com.google.gson.JsonObject;
import dev.step.daemon.control.ControlClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code step-server status}: what a running server is doing. */
@Command(
        name = "status",
        description =
                "Shows how the running server is, its connections and what they transfer, and the uploads that are "
                        + "not complete.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final int GOOD = 0;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ControlOption control = new ControlOption();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonObject status = new ControlClient(control.needed()).status();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            StatusText.write(status, out);
        }
        out.flush();
        return GOOD;
    }
}
