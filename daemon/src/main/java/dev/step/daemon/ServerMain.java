package dev.step.daemon;

import dev.step.protocol.HostAndPort;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** The command {@code step-server}. */
@Command(
        name = "step-server",
        description = "Serves files and values over the Simple Transfer and Exchange Protocol.",
        mixinStandardHelpOptions = true,
        versionProvider = ServerMain.Version.class,
        subcommands = {
            RunCommand.class,
            UserCommand.class,
            TlsCommand.class,
            TokensCommand.class,
            StoreCommand.class,
            JournalCommand.class,
            StatusCommand.class,
            KickCommand.class,
            CheckConfigCommand.class,
            SettingsCommand.class,
            HelpCommand.class
        })
public final class ServerMain {
    @Mixin
    @SuppressWarnings("unused") // looked up in what was parsed, by every command
    private ConfigOption config = new ConfigOption();

    ServerMain() {}

    /** Exit status: 0 all well, 1 failed, 2 bad usage. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try {
            return commandLine(new ServerMain(), ConfigFile.read(ConfigOption.in(arguments)))
                    .execute(arguments);
        } catch (IOException e) {
            System.err.println("step-server: " + words(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The command line of this command or set of options, with what all of them share, and what the file says. */
    static CommandLine commandLine(Object command, ConfigFile config) {
        CommandLine line = new CommandLine(command);
        IParameterExceptionHandler usage = line.getParameterExceptionHandler();
        return line.setDefaultValueProvider(config)
                .setParameterExceptionHandler((failure, arguments) -> {
                    config.mistakes().forEach(failure.getCommandLine().getErr()::println); // which may be the cause
                    return usage.handleParseException(failure, arguments);
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(HostAndPort.class, ServerMain::address)
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    words(failure).lines().forEach(words -> failed.getErr().println("step-server: " + words));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static HostAndPort address(String text) {
        try {
            return HostAndPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** One line; the message of a failure about a file is often just its name. */
    static String words(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof AccessDeniedException) {
            return message + ": permission denied";
        }
        return failure instanceof NoSuchFileException ? message + ": no such file or folder" : message;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"step-server " + number()};
        }

        /** The version alone. */
        static String number() {
            String version = ServerMain.class.getPackage().getImplementationVersion();
            return version == null ? "(development build)" : version;
        }
    }
}
