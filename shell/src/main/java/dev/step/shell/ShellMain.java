package dev.step.shell;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.Preparation;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.Settings;
import dev.step.shell.command.Usage;
import dev.step.shell.command.UsageException;
import dev.step.shell.config.ConfigFile;
import dev.step.shell.config.Profile;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Entry point of {@code step-shell}. */
public final class ShellMain {
    private ShellMain() {}

    public static void main(String[] arguments) {
        Preparation.begin(ProtectionOptions.probablyChooseTls(arguments));
        Console console = Console.ofProcess(Terminals.detect());
        ExitStatus status = run(console, arguments);
        console.flush();
        System.exit(status.code());
    }

    static ExitStatus run(Console console, String... arguments) {
        ShellOptions options = new ShellOptions();
        CommandLine parser = new CommandLine(options.spec());
        parser.registerConverter(HostAndPort.class, new ShellOptions.AddressConverter());
        parser.setExpandAtFiles(false);
        try {
            parser.parseArgs(arguments);
        } catch (ParameterException e) {
            return misused(console, e.getMessage() + "; --help says more");
        }
        if (options.asksForHelp()) {
            console.lines(Usage.of(parser));
            return ExitStatus.OK;
        }
        if (options.asksForVersion()) {
            console.line(new ShellVersion().getVersion()[0]);
            return ExitStatus.OK;
        }
        try {
            options.checkTogether();
            Profile profile = options.profile(ConfigFile.read(Folders.ofUser().configuration()));
            Settings settings = new Settings();
            settings.setAll(profile.settings());
            options.applyTo(settings);
            console.color(settings.color(), System.getenv());
            return new Shell(console, options, profile, settings).run();
        } catch (UsageException e) {
            return misused(console, String.valueOf(e.getMessage()));
        }
    }

    private static ExitStatus misused(Console console, String message) {
        console.error("step-shell: " + message);
        return ExitStatus.USAGE;
    }
}
