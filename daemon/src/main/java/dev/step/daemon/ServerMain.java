package dev.step.daemon;

import dev.step.protocol.HostAndPort;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.TypeConversionException;

/** The command {@code step-server}. */
@Command(
        name = "step-server",
        description = "Serves files and values over the Simple Transfer and Exchange Protocol.",
        mixinStandardHelpOptions = true,
        versionProvider = ServerMain.Version.class,
        subcommands = {RunCommand.class, JournalCommand.class, HelpCommand.class})
public final class ServerMain {
    private ServerMain() {}

    /** Exit status: 0 all well, 1 failed, 2 bad usage. */
    public static void main(String[] arguments) {
        System.exit(commandLine(new ServerMain()).execute(arguments));
    }

    /** The command line of this command or set of options, with what all of them share. */
    static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(HostAndPort.class, ServerMain::address)
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr().println("step-server: " + failure.getMessage());
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

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerMain.class.getPackage().getImplementationVersion();
            return new String[] {"step-server " + (version == null ? "(development build)" : version)};
        }
    }
}
