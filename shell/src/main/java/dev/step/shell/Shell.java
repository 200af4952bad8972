package dev.step.shell;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Connector;
import dev.step.shell.client.Dialer;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.ServerLocator;
import dev.step.shell.client.Target;
import dev.step.shell.command.ExitStatus;
import dev.step.shell.command.Settings;
import dev.step.shell.command.ShellContext;
import dev.step.shell.command.UsageException;
import dev.step.shell.config.Profile;
import dev.step.shell.console.Console;
import dev.step.shell.console.TerminalWindow;
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
import java.util.Optional;

/** One run of the shell: from a terminal, or through a script to its end. */
final class Shell {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Console console;
    private final ShellOptions options;
    private final Profile profile;
    private final Optional<PasswordSource> password;
    private final Settings settings;

    Shell(Console console, ShellOptions options, Profile profile, Settings settings) throws UsageException {
        this.console = console;
        this.options = options;
        this.profile = profile;
        this.password = password(options, profile);
        this.settings = settings;
    }

    /** The profile's password is for its own user and server only. */
    private static Optional<PasswordSource> password(ShellOptions options, Profile profile) throws UsageException {
        boolean asInProfile = options.server().isEmpty() && options.user().isEmpty();
        return asInProfile ? options.password().or(profile::password) : options.password();
    }

    ExitStatus run() {
        boolean interactive =
                options.readsCommandsFromInput() && console.terminals().input();
        return interactive ? prompt() : script();
    }

    private ExitStatus prompt() {
        try (Prompt prompt = new Prompt(Folders.ofUser().history());
                Connector connector = connector(prompt.passwords())) {
            ShellContext context = new ShellContext(console, connector, settings, prompt::window);
            return prompt.run(context, options.namesServer());
        } catch (ClientException e) {
            return refused(e);
        } catch (IOException e) {
            console.error("step-shell: cannot use the terminal: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private ExitStatus script() {
        Optional<Path> file = options.script();
        String name = file.map(Path::toString).orElse("");
        Connector connector;
        try {
            connector = connector(Passwords.onTerminal(console.terminals()));
        } catch (ClientException e) {
            return refused(e);
        }
        try (OrderlyEnd end = new OrderlyEnd(connector::cancel);
                connector;
                Reader lines = lines()) {
            ShellContext context = new ShellContext(console, connector, settings, new TerminalWindow());
            if (!options.readsCommandsFromInput()) {
                context.readFrom(System.in);
            }
            return new Script(context).run(lines, name);
        } catch (IOException e) {
            return refused(ClientException.local(file.orElse(STANDARD_INPUT), e));
        }
    }

    private ExitStatus refused(ClientException e) {
        console.error("step-shell: " + e.getMessage());
        return ExitStatus.of(e.problem());
    }

    private Reader lines() throws IOException {
        if (options.line().isPresent()) {
            return new StringReader(options.line().get());
        }
        return options.script().isPresent()
                ? Files.newBufferedReader(options.script().get(), StandardCharsets.UTF_8)
                : new InputStreamReader(System.in, StandardCharsets.UTF_8);
    }

    private Connector connector(PasswordSource terminal) throws ClientException {
        Dialer dialer = Dialer.DEFAULT.with(
                options.protection().protection(profile, Folders.ofUser().knownServers(), console::notice));
        PasswordSource passwords = new Passwords(System.getenv(), terminal);
        return new Connector(locator(), dialer, passwords, console::notice);
    }

    private ServerLocator locator() {
        String user = options.user().or(profile::user).orElseGet(() -> System.getProperty("user.name"));
        if (options.embedded()) {
            Path store = options.store().orElseGet(() -> Folders.ofUser().embeddedStore());
            return new EmbeddedServer(store, user);
        }
        HostAndPort server = options.server().or(profile::server).orElseGet(() -> HostAndPort.parse("localhost"));
        Target target = new Target(server, user, password);
        return () -> target;
    }
}
