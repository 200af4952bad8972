package dev.step.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a server is to do: what the command line says, else what the configuration file says, else the defaults. */
final class Settings {
    private final ServerOptions options;
    private final CommandSpec spec;

    private Settings(ServerOptions options, CommandSpec spec) {
        this.options = options;
        this.spec = spec;
    }

    /**
     * Reads the configuration file, and finds all that is wrong with it.
     *
     * @param arguments those of {@code step-server run}, without {@code --config}
     * @throws IOException with every mistake, one a line, in words for the admin
     */
    static Settings read(Path file, List<String> arguments) throws IOException {
        List<String> mistakes = new ArrayList<>();
        Optional<Settings> settings = read(ConfigFile.read(file), arguments, mistakes);
        if (!mistakes.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), mistakes));
        }
        return settings.orElseThrow();
    }

    /** All that would keep a server from starting with this configuration file, in words for the admin. */
    static List<String> mistakes(Path file) throws IOException {
        List<String> mistakes = new ArrayList<>();
        read(ConfigFile.read(file), List.of(), mistakes);
        return mistakes;
    }

    private static Optional<Settings> read(ConfigFile config, List<String> arguments, List<String> mistakes) {
        mistakes.addAll(config.mistakes());
        ServerOptions options = new ServerOptions();
        CommandLine line = ServerMain.commandLine(options, config);
        try {
            line.parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            mistakes.add(config.file() + ": " + e.getMessage());
            return Optional.empty();
        }
        mistakes.addAll(options.obstacles(config::placeOf));
        return Optional.of(new Settings(options, line.getCommandSpec()));
    }

    ServerOptions options() {
        return options;
    }

    /** What has changed, by name. */
    List<Change> changesSince(Settings before) {
        return SettingDefinitions.all().stream()
                .map(SettingDefinitions::name)
                .filter(name -> !Objects.equals(value(name), before.value(name)))
                .map(name -> new Change(name, shown(value(name))))
                .toList();
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "not set";
        }
        return value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private @Nullable Object value(String name) {
        return spec.findOption(SettingDefinitions.DASHES + name).getValue();
    }

    /** A setting that is now another one. */
    record Change(String name, String value) {
        boolean appliesWhileRunning() {
            return SettingDefinitions.changesWhileRunning(name);
        }
    }
}
