package dev.step.daemon;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code step-server check-config}: finds all that is wrong with a configuration file, without starting a server. */
@Command(
        name = "check-config",
        description = "Reports every mistake in the configuration file, with its line, and what it names that "
                + "cannot be used. Exit status 1 if there is any. A server that is running is not disturbed.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    private static final int GOOD = 0;
    private static final int BAD = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<String> mistakes = Settings.mistakes(ConfigOption.of(spec));
        PrintWriter errors = spec.commandLine().getErr();
        mistakes.forEach(errors::println);
        errors.flush();
        return mistakes.isEmpty() ? GOOD : BAD;
    }
}
