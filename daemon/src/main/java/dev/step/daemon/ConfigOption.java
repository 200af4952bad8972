package dev.step.daemon;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which configuration file holds. It has to be known before all other options, whose defaults the file says. */
final class ConfigOption {
    /** Where a package has it. Nothing is amiss when this one does not exist. */
    static final String PLACE = "/etc/step-server/step-server.conf";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = PLACE,
            description = "The configuration file: what options are that are not given. Default: " + PLACE)
    private Path file = Path.of(PLACE);

    /** The file that holds for a command that was parsed. */
    static Path of(CommandSpec command) {
        return command.findOption("--config").getValue();
    }

    /** The file that these arguments name, whatever else they say. */
    static Path in(String... arguments) {
        ConfigOption option = new ConfigOption();
        new CommandLine(option)
                .setUnmatchedArgumentsAllowed(true)
                .setUnmatchedOptionsArePositionalParams(true)
                .parseArgs(arguments);
        return option.file;
    }
}
