package dev.step.shell;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.command.Argument;
import dev.step.shell.command.CommonOptions;
import dev.step.shell.command.Flag;
import dev.step.shell.command.PasswordOptions;
import dev.step.shell.command.Setting;
import dev.step.shell.command.Settings;
import dev.step.shell.command.Single;
import dev.step.shell.command.UsageException;
import dev.step.shell.config.ConfigFile;
import dev.step.shell.config.Profile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code step-shell}. */
final class ShellOptions {
    /** Names the server. */
    static final String SERVER = "--server";

    private final Single<String> profile =
            Single.operand(String.class, "PROFILE", "a server that your configuration names");
    private final Single<HostAndPort> server =
            Single.option(HostAndPort.class, SERVER, "HOST[:PORT]", "the server (default: localhost:1379)");
    private final Single<String> user =
            Single.option(String.class, "--user", "NAME", "who to log in as (default: your name on this machine)");
    private final PasswordOptions password = new PasswordOptions();
    private final ProtectionOptions protection = new ProtectionOptions();
    private final Flag embedded =
            new Flag("--embedded", "start a server inside of the shell, with a store of your own");
    private final Single<Path> store =
            Single.option(Path.class, "--store", "DIR", "where the embedded server keeps its files");
    private final Single<String> color =
            Single.option(String.class, "--color", "auto|always|never", "colour results (default: auto)");
    private final CommonOptions common = new CommonOptions();
    private final Single<String> line =
            Single.option(String.class, "-c", "COMMANDS", "run these commands, separated by semicolons");
    private final Single<Path> script = Single.option(Path.class, "-f", "FILE", "run the commands in this file");
    private final Flag version = Flag.forVersion("--version", "show the version and end");
    private final Flag help = Flag.forHelp("--help", "show this and end");

    /** How the command line is written. */
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("step-shell").versionProvider(new ShellVersion());
        describe(spec.usageMessage());
        Argument.addAll(spec, profile, server, user, password, protection, embedded, store, color, common);
        spec.addArgGroup(
                ArgGroupSpec.builder().addArg(line.spec()).addArg(script.spec()).build());
        Argument.addAll(spec, version, help);
        return spec;
    }

    private static void describe(UsageMessageSpec usage) {
        usage.description(
                        "A shell for file transfer with a STEP server.",
                        "",
                        "Without -c or -f, commands are read from standard input; \"help\" lists them. In a script the first"
                                + " command that fails ends it, with a status that says why: of several failures in one"
                                + " command, the first. A - before a command lets that fail.",
                        "",
                        "Without an option, the password comes from the profile, else from the environment variable"
                                + " STEP_PASSWORD, else it is asked for on a terminal, else it is the user's name. The"
                                + " configuration is ~/.config/step/config.")
                .customSynopsis("step-shell [OPTION]... [PROFILE] [-c COMMANDS | -f FILE]")
                .footer(
                        "  step-shell --embedded                  with a server of your own, inside",
                        "  step-shell --server files.example.org --user alice",
                        "  step-shell work -c 'put -r photos; verify -r photos'",
                        "  step-shell work < script");
    }

    Optional<HostAndPort> server() {
        return server.value();
    }

    Optional<String> user() {
        return user.value();
    }

    ProtectionOptions protection() {
        return protection;
    }

    boolean embedded() {
        return embedded.isGiven();
    }

    Optional<Path> store() {
        return store.value();
    }

    /** The commands, if they are given at once. */
    Optional<String> line() {
        return line.value();
    }

    Optional<Path> script() {
        return script.value();
    }

    /** Whether the user said which server or which user is meant: then it is worth connecting before it is asked for. */
    boolean namesServer() {
        return server().isPresent() || user().isPresent() || profile.value().isPresent() || embedded();
    }

    boolean asksForVersion() {
        return version.isGiven();
    }

    boolean asksForHelp() {
        return help.isGiven();
    }

    /** The profile that is named in the configuration, or what holds without one. */
    Profile profile(ConfigFile config) throws UsageException {
        Optional<String> name = profile.value();
        return name.isPresent() ? config.profile(name.get()) : config.general();
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
        if (color.value().isPresent()) {
            settings.set(Setting.COLOR, color.value().get());
        }
    }

    boolean readsCommandsFromInput() {
        return line().isEmpty() && script().isEmpty();
    }

    /** Checks that everything goes together. */
    void checkTogether() throws UsageException {
        if (embedded() && (server().isPresent() || profile.value().isPresent())) {
            throw new UsageException("--embedded excludes --server and PROFILE");
        }
        if (store().isPresent() && !embedded()) {
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
