package dev.step.shell;

import dev.step.shell.client.Address;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.ServerLocator;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
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
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Entry point of {@code step-shell}. */
public final class ShellMain {
    private final Console console;
    private final ShellOptions options;

    private ShellMain(Console console, ShellOptions options) {
        this.console = console;
        this.options = options;
    }

    public static void main(String[] arguments) {
        Console console = Console.ofProcess(Terminals.detect());
        System.exit(run(console, arguments).code());
    }

    private static ExitStatus run(Console console, String[] arguments) {
        ShellOptions options = new ShellOptions();
        CommandLine parser = new CommandLine(options);
        parser.registerConverter(Address.class, new ShellOptions.AddressConverter());
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
        return new ShellMain(console, options).run();
    }

    private ExitStatus run() {
        String problem = options.problem();
        if (problem != null) {
            console.error("step-shell: " + problem);
            return ExitStatus.USAGE;
        }
        boolean interactive = options.line() == null
                && options.script() == null
                && console.terminals().input();
        return interactive ? prompt() : script();
    }

    private ExitStatus prompt() {
        try (Prompt prompt = new Prompt(Folders.ofUser().history());
                Connector connector = connector(prompt.passwords())) {
            ShellContext context = new ShellContext(console, connector, prompt::columns);
            return prompt.run(context, options.namesServer());
        } catch (ClientException e) {
            console.error("step-shell: " + e.getMessage());
            return ExitStatus.of(e.problem());
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
            return new Script(new ShellContext(console, connector, ShellMain::columns)).run(lines, name);
        } catch (ClientException e) {
            console.error("step-shell: " + e.getMessage());
            return ExitStatus.of(e.problem());
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

    private Connector connector(PasswordSource terminal) throws ClientException {
        Dialer dialer = Dialer.DEFAULT.with(
                options.protection().protection(Folders.ofUser().knownServers(), console::notice));
        PasswordSource passwords = new Passwords(System.getenv(), terminal);
        return new Connector(locator(), dialer, passwords, console::notice);
    }

    private ServerLocator locator() {
        String user = Objects.requireNonNullElseGet(options.user(), () -> System.getProperty("user.name"));
        if (options.embedded()) {
            Path store = Objects.requireNonNullElseGet(
                    options.store(), () -> Folders.ofUser().embeddedStore());
            return new EmbeddedServer(store, user);
        }
        Address address = Objects.requireNonNullElse(options.server(), Address.DEFAULT);
        return () -> new Target(address, user, Optional.empty());
    }

    /** How wide a terminal is of which nothing more is known. */
    private static int columns() {
        String known = System.getenv("COLUMNS");
        return known != null && known.matches("[0-9]{1,4}") ? Integer.parseInt(known) : 80;
    }
}
