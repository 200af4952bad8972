package dev.step.daemon;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code step-server settings}: what a configuration file may say. */
@Command(
        name = "settings",
        description = "Prints all that a configuration file may say, with explanations, as such a file.",
        mixinStandardHelpOptions = true)
final class SettingsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--manual", hidden = true, description = "As the source of a manual page, in AsciiDoc.")
    private boolean manual;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (manual) {
            SettingsText.writeManual(out);
        } else {
            SettingsText.writeSample(out);
        }
        out.flush();
    }
}
