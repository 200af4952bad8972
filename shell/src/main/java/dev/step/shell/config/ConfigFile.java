package dev.step.shell.config;

import dev.step.protocol.HostAndPort;
import dev.step.shell.client.PasswordCommand;
import dev.step.shell.client.PasswordFile;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.TlsProtection.When;
import dev.step.shell.command.EditDistance;
import dev.step.shell.command.Setting;
import dev.step.shell.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shell's configuration: {@code NAME = VALUE} lines, those under a {@code [profile]} for that profile, those before
 * the first one for all of them.
 *
 * <pre>
 *   # a comment
 *   color = never                                 whatever the command set knows
 *
 *   [work]                                        for: step-shell work
 *   server = files.example.org:1379
 *   user = alice
 *   password-file = ~/.config/step/work.password  only its owner may read it
 *   password-command = pass show step             instead of password-file
 *   ca = ~/.config/step/work.pem                  as --ca FILE does, but at this server only
 *   plaintext = on                                as --plaintext does, but at this server only
 *   tls = on                                      as --tls does, but at this server only
 *   quiet = on
 * </pre>
 */
public final class ConfigFile {
    private static final String GENERAL = "";
    private static final String SERVER = "server";
    private static final String USER = "user";
    private static final String PASSWORD_FILE = "password-file";
    private static final String PASSWORD_COMMAND = "password-command";
    private static final String CA = "ca";
    private static final String PLAINTEXT = "plaintext";
    private static final String TLS = "tls";
    private static final Set<String> OF_SERVER =
            Set.of(SERVER, USER, PASSWORD_FILE, PASSWORD_COMMAND, CA, PLAINTEXT, TLS);

    private final Path file;
    private final Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();

    private record Entry(String value, int line) {}

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** Reads the file; one that does not exist says nothing. */
    public static ConfigFile read(Path file) throws UsageException {
        ConfigFile config = new ConfigFile(file);
        try {
            config.parse(Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            return config;
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read: " + e.getMessage());
        }
        return config;
    }

    private void parse(List<String> lines) throws UsageException {
        Map<String, Entry> section = new LinkedHashMap<>();
        sections.put(GENERAL, section);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = new LinkedHashMap<>();
                sections.put(line.substring(1, line.length() - 1).strip(), section);
            } else if (equals > 0 && !line.startsWith("#")) {
                section.put(
                        line.substring(0, equals).strip(),
                        new Entry(line.substring(equals + 1).strip(), i + 1));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw wrong(i + 1, "neither [PROFILE] nor NAME = VALUE");
            }
        }
    }

    /** What holds when no profile is named. */
    public Profile general() throws UsageException {
        return profile(Map.of());
    }

    /** What holds for this profile. */
    public Profile profile(String name) throws UsageException {
        Map<String, Entry> section = name.isEmpty() ? null : sections.get(name);
        if (section == null) {
            throw new UsageException("there is no profile \"" + name + "\" in " + file
                    + EditDistance.nearest(name, sections.keySet())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return profile(section);
    }

    private Profile profile(Map<String, Entry> section) throws UsageException {
        Map<String, Entry> all = new LinkedHashMap<>(sections.getOrDefault(GENERAL, Map.of()));
        all.putAll(section);
        Optional<Entry> server = Optional.ofNullable(all.get(SERVER));
        return new Profile(
                server.isPresent() ? Optional.of(server(server.get())) : Optional.empty(),
                Optional.ofNullable(all.get(USER)).map(Entry::value),
                password(all),
                protection(all),
                settings(all));
    }

    private HostAndPort server(Entry entry) throws UsageException {
        try {
            return HostAndPort.parse(entry.value());
        } catch (IllegalArgumentException e) {
            throw wrong(entry.line(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<PasswordSource> password(Map<String, Entry> all) {
        Entry passwordFile = all.get(PASSWORD_FILE);
        Entry command = all.get(PASSWORD_COMMAND);
        if (command != null) {
            return Optional.of(new PasswordCommand(command.value()));
        }
        if (passwordFile == null) {
            return Optional.empty();
        }
        return Optional.of(new PasswordFile(path(passwordFile)));
    }

    private ProfileProtection protection(Map<String, Entry> all) throws UsageException {
        boolean plaintext = isOn(all, PLAINTEXT);
        boolean tls = isOn(all, TLS);
        if (plaintext && tls) {
            throw new UsageException(file + ": " + PLAINTEXT + " and " + TLS + " exclude each other");
        }
        Optional<When> when = plaintext ? Optional.of(When.NEVER) : tls ? Optional.of(When.ALWAYS) : Optional.empty();
        return new ProfileProtection(when, Optional.ofNullable(all.get(CA)).map(ConfigFile::path));
    }

    private boolean isOn(Map<String, Entry> all, String name) throws UsageException {
        Entry entry = all.get(name);
        if (entry != null && !Set.of(Setting.ON, Setting.OFF).contains(entry.value())) {
            throw wrong(entry.line(), name + " can be on|off, not \"" + entry.value() + "\"");
        }
        return entry != null && entry.value().equals(Setting.ON);
    }

    private static Path path(Entry entry) {
        return Path.of(entry.value().replaceFirst("^~(?=/)", System.getProperty("user.home")));
    }

    private Map<Setting, String> settings(Map<String, Entry> all) throws UsageException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        for (Map.Entry<String, Entry> named : all.entrySet()) {
            if (!OF_SERVER.contains(named.getKey())) {
                Entry entry = named.getValue();
                Setting setting = Setting.find(named.getKey())
                        .orElseThrow(() -> wrong(entry.line(), "nothing is called \"" + named.getKey() + "\""));
                settings.put(setting, checked(setting, entry));
            }
        }
        return settings;
    }

    private String checked(Setting setting, Entry entry) throws UsageException {
        try {
            return setting.checked(entry.value());
        } catch (UsageException e) {
            throw wrong(entry.line(), String.valueOf(e.getMessage()));
        }
    }

    private UsageException wrong(int line, String what) {
        return new UsageException(file + ":" + line + ": " + what);
    }
}
