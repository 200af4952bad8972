package dev.step.shell;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.ServerLocator;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.Settings;
import dev.step.shell.command.ShellContext;
import dev.step.shell.console.Console;
import dev.step.shell.console.Terminals;
import dev.step.shell.embedded.EmbeddedServer;
import dev.step.shell.repl.Prompt;
import dev.step.shell.repl.Script;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Entry point of {@code step-shell}. */
public final class ShellMain {
    private final Console console;
    private final ShellOptions options;
    private final Settings settings;

    private ShellMain(Console console, ShellOptions options, Settings settings) {
        this.console = console;
        this.options = options;
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        Console console = Console.ofProcess(Terminals.detect());
        System.exit(run(console, arguments).code());
    }

    private static ExitStatus run(Console console, String[] arguments) {
        ShellOptions options = new ShellOptions();
        CommandLine parser = new CommandLine(options);
        parser.registerConverter(HostAndPort.class, new ShellOptions.AddressConverter());
        parser.setExpandAtFiles(false);
        try {
            parser.parseArgs(arguments);
        } catch (ParameterException e) {
            console.error("step-shell: " + e.getMessage() + "; --help says more");
            return ExitStatus.USAGE;
        }
        if (options.asksForHelp()) {
            console.lines(parser.getUsageMessage(Ansi.OFF));
            return ExitStatus.OK;
        }
        if (options.asksForVersion()) {
            console.line(new ShellVersion().getVersion()[0]);
            return ExitStatus.OK;
        }
        try {
            options.checkTogether();
            Settings settings = options.settings();
            console.color(settings.color(), System.getenv());
            return new ShellMain(console, options, settings).run();
        } catch (IllegalArgumentException e) {
            console.error("step-shell: " + e.getMessage());
            return ExitStatus.USAGE;
        }
    }

    private ExitStatus run() {
        boolean interactive =
                options.readsCommandsFromInput() && console.terminals().input();
        return interactive ? prompt() : script();
    }

    private ExitStatus prompt() {
        try (Prompt prompt = new Prompt(Folders.ofUser().history());
                Connector connector = connector(prompt.passwords())) {
            ShellContext context = new ShellContext(console, connector, settings, prompt::columns);
            return prompt.run(context, options.namesServer());
        } catch (IOException e) {
            console.error("step-shell: cannot use the terminal: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private ExitStatus script() {
        Path file = options.script();
        String name = file == null ? "" : file.toString();
        try (Connector connector = connector(Passwords.onTerminal(console.terminals()));
                Reader lines = lines()) {
            ShellContext context = new ShellContext(console, connector, settings, ShellMain::columns);
            if (!options.readsCommandsFromInput()) {
                context.readFrom(System.in);
            }
            return new Script(context).run(lines, name);
        } catch (IOException e) {
            console.error("step-shell: cannot read the commands: " + e);
            return file == null ? ExitStatus.FAILED : ExitStatus.NOT_FOUND;
        }
    }

    private Reader lines() throws IOException {
        String line = options.line();
        if (line != null) {
            return new StringReader(line);
        }
        Path file = options.script();
        return file == null
                ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                : Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    private Connector connector(PasswordSource terminal) {
        PasswordSource passwords = new Passwords(System.getenv(), terminal);
        return new Connector(locator(), Dialer.DEFAULT, passwords, console::notice);
    }

    private ServerLocator locator() {
        String user = Objects.requireNonNullElseGet(options.user(), () -> System.getProperty("user.name"));
        if (options.embedded()) {
            Path store = Objects.requireNonNullElseGet(
                    options.store(), () -> Folders.ofUser().embeddedStore());
            return new EmbeddedServer(store, user);
        }
        HostAndPort address = Objects.requireNonNullElseGet(options.server(), () -> HostAndPort.parse("localhost"));
        return () -> Target.of(address, user);
    }

    /** How wide a terminal is of which nothing more is known. */
    private static int columns() {
        String known = System.getenv("COLUMNS");
        return known != null && known.matches("[0-9]{1,4}") ? Integer.parseInt(known) : 80;
    }
}
