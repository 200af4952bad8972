package dev.step.daemon;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What options are when the command line does not say: lines {@code name = value}, the name being that of an option of
 * {@code step-server run} without its dashes. Empty lines and those that start with {@code #} say nothing.
 *
 * <p>Reading finds every mistake at once. Lines with mistakes have no effect here; whoever runs a server has to refuse them
 * ({@link #refuseMistakes}), while a command that adds a user can do without.
 */
final class ConfigFile implements IDefaultValueProvider {
    static final ConfigFile NONE = new ConfigFile(Path.of(ConfigOption.PLACE));

    private final Path file;
    private final Map<String, Setting> settings = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** A line that says something. */
    private record Setting(int line, String value) {}

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** Reads a file; only the one at {@link ConfigOption#PLACE} may be missing. */
    static ConfigFile read(Path file) throws IOException {
        try {
            ConfigFile config = new ConfigFile(file);
            config.readLines(Files.readAllLines(file, StandardCharsets.UTF_8));
            return config;
        } catch (NoSuchFileException e) {
            if (file.equals(NONE.file)) {
                return NONE;
            }
            throw e;
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }

    private void readLines(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(i + 1, line);
            }
        }
    }

    private void readLine(int number, String line) {
        int equals = line.indexOf('=');
        String name = line.substring(0, Math.max(0, equals)).strip();
        String value = line.substring(equals + 1).strip();
        if (name.isEmpty() || value.isEmpty()) {
            addMistake(number, "\"" + line + "\" is not of the form name = value");
            return;
        }
        Setting earlier = settings.get(name);
        if (!SettingDefinitions.exists(name)) {
            String guess = SettingDefinitions.closest(name)
                    .map(close -> "; did you mean " + close + "?")
                    .orElse("");
            addMistake(number, "there is no setting " + name + guess);
        } else if (earlier != null) {
            addMistake(number, name + " is set in line " + earlier.line + " already");
        } else {
            Optional<String> mistake = SettingDefinitions.mistake(name, value);
            mistake.ifPresentOrElse(
                    words -> addMistake(number, words), () -> settings.put(name, new Setting(number, value)));
        }
    }

    private void addMistake(int line, String words) {
        mistakes.add(file + ":" + line + ": " + words);
    }

    Path file() {
        return file;
    }

    /** In words for the admin, each with the number of its line. */
    List<String> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Where to look when a setting's value, fine in itself, does not work here. */
    String placeOf(String name) {
        Setting setting = settings.get(name);
        return setting == null ? name : file + ":" + setting.line + ": " + name;
    }

    /** @throws IOException with all mistakes, one a line */
    void refuseMistakes() throws IOException {
        if (!mistakes.isEmpty()) {
            throw new IOException(String.join(System.lineSeparator(), mistakes));
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        Setting setting = option.longestName().startsWith("--") ? settings.get(SettingDefinitions.name(option)) : null;
        return setting == null ? null : setting.value;
    }
}
