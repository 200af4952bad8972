package dev.step.daemon;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What can be set: every option of {@code step-server run}, in a configuration file under its name without dashes. There is
 * no other list of them.
 */
final class SettingDefinitions {
    static final String DASHES = "--";

    private static final Set<String> NAMES = namesOf(CommandSpec.forAnnotatedObject(new ServerOptions()));

    /** What applies to the log, or to the next connection or upload, when it is changed while the server runs. */
    private static final Set<String> CHANGE_WHILE_RUNNING = Stream.of(
                    new ConnectionOptions(), new QuotaOptions(), new LogOptions())
            .flatMap(options -> namesOf(CommandSpec.forAnnotatedObject(options)).stream())
            .collect(Collectors.toUnmodifiableSet());

    private SettingDefinitions() {}

    /** All of them, in the order in which they are declared. */
    static List<OptionSpec> all() {
        return CommandSpec.forAnnotatedObject(new ServerOptions()).options();
    }

    static boolean exists(String name) {
        return NAMES.contains(name);
    }

    /** The setting whose name is closest to one that does not exist. */
    static Optional<String> closest(String name) {
        CommandLine settings = ServerMain.commandLine(new ServerOptions(), ConfigFile.NONE);
        return new UnmatchedArgumentException(settings, List.of(DASHES + name))
                .getSuggestions().stream()
                        .map(option -> option.substring(DASHES.length()))
                        .findFirst();
    }

    private static Set<String> namesOf(CommandSpec spec) {
        return spec.options().stream().map(SettingDefinitions::name).collect(Collectors.toUnmodifiableSet());
    }

    /** An option's name in a configuration file. */
    static String name(OptionSpec option) {
        return option.longestName().substring(DASHES.length());
    }

    static String asArgument(String name, String value) {
        return DASHES + name + "=" + value;
    }

    static boolean changesWhileRunning(String name) {
        return CHANGE_WHILE_RUNNING.contains(name);
    }

    /** What is wrong with a value, in words for the admin; the name has to {@linkplain #exists exist}. */
    static Optional<String> mistake(String name, String value) {
        CommandLine alone = ServerMain.commandLine(new ServerOptions(), ConfigFile.NONE);
        alone.getCommandSpec().parser().collectErrors(true);
        return alone.parseArgs(asArgument(name, value)).errors().stream()
                .filter(error -> !(error instanceof MissingParameterException)) // of the others, which are not given
                .map(Exception::getMessage)
                .findFirst();
    }
}
