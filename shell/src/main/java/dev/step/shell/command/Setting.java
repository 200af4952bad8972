package dev.step.shell.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Something that can be set for all commands to come. */
public enum Setting {
    JSON("off", "on|off", "results as one JSON object in each line"),
    QUIET("off", "on|off", "nothing is said about what simply worked"),
    COLOR("auto", "auto|always|never", "colours in results"),
    CONNECTIONS("auto", "auto|1…16", "for one large file; auto: as many as make it faster"),
    DIGEST("auto", "auto|md5|sha-256", "what files are compared by; auto: what both ends compute fastest"),
    JOBS("1", "1…16", "how many files are transferred at once"),
    LIMIT_RATE("off", "off|BYTES[K|M|G]", "bytes in a second, all files together");

    public static final String ON = "on";
    public static final String OFF = "off";

    private static final String COUNT = "[1-9]|1[0-6]";
    private static final Map<String, String> PATTERNS =
            Map.of("auto|1…16", "auto|" + COUNT, "1…16", COUNT, "off|BYTES[K|M|G]", "off|[1-9][0-9]{0,11}[KMG]?");

    private final String initial;
    private final String form;
    private final String description;

    /** The form is shown to people, and is the pattern that values have to match where there is no other. */
    Setting(String initial, String form, String description) {
        this.initial = initial;
        this.form = form;
        this.description = description;
    }

    /** The setting that the user calls so. */
    public static Optional<Setting> find(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.userName().equals(name))
                .findFirst();
    }

    static List<String> userNames() {
        return Arrays.stream(values()).map(Setting::userName).toList();
    }

    String userName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String initial() {
        return initial;
    }

    String form() {
        return form;
    }

    String description() {
        return description;
    }

    /**
     * The value, if it can have it.
     *
     * @throws UsageException when it cannot
     */
    public String checked(String value) throws UsageException {
        if (!value.matches(PATTERNS.getOrDefault(form, form))) {
            throw new UsageException(userName() + " can be " + form + ", not \"" + value + "\"");
        }
        return value;
    }
}
