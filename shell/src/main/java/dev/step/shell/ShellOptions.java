package dev.step.shell;

import dev.step.shell.client.Address;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code step-shell}. */
@Command(
        name = "step-shell",
        description = "A shell for file transfer with a STEP server.",
        versionProvider = ShellVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Without -c or -f, commands are read from standard input; \"help\" lists them.",
            "The password comes from the environment variable STEP_PASSWORD, else it is",
            "asked for on a terminal, else it is the user's name.",
            "",
            "Exit status: 0 all well, 1 a command failed, 2 bad usage, 3 cannot connect,",
            "4 login refused, 5 content differs, 6 not found, 7 no space or over the quota,",
            "130 interrupted."
        })
final class ShellOptions {
    @Option(names = "--server", paramLabel = "HOST[:PORT]", description = "the server (default: localhost:1379)")
    private @Nullable Address server;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "who to log in as (default: your name on this machine)")
    private @Nullable String user;

    @Mixin
    private ProtectionOptions protection = new ProtectionOptions();

    @Option(names = "--embedded", description = "start a server inside of the shell, with a store of your own")
    private boolean embedded;

    @Option(names = "--store", paramLabel = "DIR", description = "where the embedded server keeps its files")
    private @Nullable Path store;

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
    Address server() {
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
        return server != null || user != null || embedded;
    }

    boolean asksForVersion() {
        return version;
    }

    boolean asksForHelp() {
        return help;
    }

    /** What does not go together; null if all does. */
    @Nullable
    String problem() {
        if (embedded && server != null) {
            return "--embedded and --server exclude each other";
        }
        return store != null && !embedded ? "--store belongs to --embedded" : null;
    }

    /** Reads {@code HOST[:PORT]}. */
    static final class AddressConverter implements ITypeConverter<Address> {
        @Override
        public Address convert(String text) {
            return Address.parse(text)
                    .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is not of the form HOST[:PORT]"));
        }
    }
}
