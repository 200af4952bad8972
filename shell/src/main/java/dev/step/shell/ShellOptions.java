package dev.step.shell;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.command.CommonOptions;
import dev.step.shell.command.PasswordOptions;
import dev.step.shell.command.Setting;
import dev.step.shell.command.Settings;
import dev.step.shell.command.UsageException;
import dev.step.shell.config.ConfigFile;
import dev.step.shell.config.Profile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code step-shell}. */
@Command(
        name = "step-shell",
        description = {
            "A shell for file transfer with a STEP server.",
            "",
            "Without -c or -f, commands are read from standard input; \"help\" lists them. In a script the first"
                    + " command that fails ends it, with a status that says why: of several failures in one command, the"
                    + " first. A - before a command lets that fail.",
            "",
            "Without an option, the password comes from the profile, else from the environment variable STEP_PASSWORD,"
                    + " else it is asked for on a terminal, else it is the user's name. The configuration is"
                    + " ~/.config/step/config."
        },
        versionProvider = ShellVersion.class,
        customSynopsis = "step-shell [OPTION]... [PROFILE] [-c COMMANDS | -f FILE]",
        footer = {
            "  step-shell --embedded                  with a server of your own, inside",
            "  step-shell --server files.example.org --user alice",
            "  step-shell work -c 'put -r photos; verify -r photos'",
            "  step-shell work < script"
        })
final class ShellOptions {
    @Parameters(arity = "0..1", paramLabel = "PROFILE", description = "a server that your configuration names")
    private @Nullable String profile;

    @Option(names = "--server", paramLabel = "HOST[:PORT]", description = "the server (default: localhost:1379)")
    private @Nullable HostAndPort server;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "who to log in as (default: your name on this machine)")
    private @Nullable String user;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Mixin
    private ProtectionOptions protection = new ProtectionOptions();

    @Option(names = "--embedded", description = "start a server inside of the shell, with a store of your own")
    private boolean embedded;

    @Option(names = "--store", paramLabel = "DIR", description = "where the embedded server keeps its files")
    private @Nullable Path store;

    @Option(names = "--color", paramLabel = "auto|always|never", description = "colour results (default: auto)")
    private @Nullable String color;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @ArgGroup
    private Commands commands = new Commands();

    @Option(names = "--version", versionHelp = true, description = "show the version and end")
    private boolean version;

    @Option(names = "--help", usageHelp = true, description = "show this and end")
    private boolean help;

    /** Where commands come from, if not from standard input. */
    static final class Commands {
        @Option(names = "-c", paramLabel = "COMMANDS", description = "run these commands, separated by semicolons")
        private @Nullable String line;

        @Option(names = "-f", paramLabel = "FILE", description = "run the commands in this file")
        private @Nullable Path script;
    }

    @Nullable
    HostAndPort server() {
        return server;
    }

    @Nullable
    String user() {
        return user;
    }

    ProtectionOptions protection() {
        return protection;
    }

    boolean embedded() {
        return embedded;
    }

    @Nullable
    Path store() {
        return store;
    }

    @Nullable
    String line() {
        return commands.line;
    }

    @Nullable
    Path script() {
        return commands.script;
    }

    /** Whether the user said which server or which user is meant: then it is worth connecting before it is asked for. */
    boolean namesServer() {
        return server != null || user != null || profile != null || embedded;
    }

    boolean asksForVersion() {
        return version;
    }

    boolean asksForHelp() {
        return help;
    }

    /** The profile that is named in the configuration, or what holds without one. */
    Profile profile(ConfigFile config) throws UsageException {
        return profile == null ? config.general() : config.profile(profile);
    }

    /** Where the password comes from, if it was said. */
    Optional<PasswordSource> password() throws UsageException {
        return password.source(Path.of(""));
    }

    /** Sets what was said here. */
    void applyTo(Settings settings) throws UsageException {
        if (common.json()) {
            settings.set(Setting.JSON, Setting.ON);
        }
        if (common.quiet()) {
            settings.set(Setting.QUIET, Setting.ON);
        }
        if (color != null) {
            settings.set(Setting.COLOR, color);
        }
    }

    boolean readsCommandsFromInput() {
        return commands.line == null && commands.script == null;
    }

    /** Checks that everything goes together. */
    void checkTogether() throws UsageException {
        if (embedded && (server != null || profile != null)) {
            throw new UsageException("--embedded excludes --server and PROFILE");
        }
        if (store != null && !embedded) {
            throw new UsageException("--store belongs to --embedded");
        }
    }

    /** Reads {@code HOST[:PORT]}. */
    static final class AddressConverter implements ITypeConverter<HostAndPort> {
        @Override
        public HostAndPort convert(String text) {
            try {
                return HostAndPort.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
