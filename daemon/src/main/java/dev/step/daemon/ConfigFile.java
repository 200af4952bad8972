package dev.step.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What options are when the command line does not say: lines {@code name = value}, the name being that of a long option
 * without its dashes. Empty lines and those that start with {@code #} say nothing.
 */
final class ConfigFile implements IDefaultValueProvider {
    private static final Path PLACE = Path.of("/etc/step-server/step-server.conf");
    private static final String LONG_OPTION = "--";

    private final Map<String, String> values;

    private ConfigFile(Map<String, String> values) {
        this.values = values;
    }

    /** The machine's; empty when there is none. */
    static ConfigFile ofMachine() throws IOException {
        return read(PLACE);
    }

    static ConfigFile read(Path file) throws IOException {
        try {
            return new ConfigFile(parse(file, Files.readAllLines(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return new ConfigFile(Map.of());
        }
    }

    private static Map<String, String> parse(Path file, List<String> lines) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw new IOException(file + ", line " + (i + 1) + ": not of the form name = value");
            }
            values.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return values;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        for (String name : option.names()) {
            String value = name.startsWith(LONG_OPTION) ? values.get(name.substring(LONG_OPTION.length())) : null;
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
