package dev.step.shell.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Something that can be set for all commands to come. */
public enum Setting {
    JSON("off", "on|off", "results as one JSON object in each line"),
    QUIET("off", "on|off", "nothing is said about what simply worked"),
    COLOR("auto", "auto|always|never", "colours in results");

    public static final String ON = "on";
    public static final String OFF = "off";

    private final String initial;
    private final String form;
    private final Pattern pattern;
    private final String description;

    /** The form is shown to people and is the pattern that values have to match. */
    Setting(String initial, String form, String description) {
        this.initial = initial;
        this.form = form;
        this.pattern = Pattern.compile(form);
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
        if (!pattern.matcher(value).matches()) {
            throw new UsageException(userName() + " can be " + form + ", not \"" + value + "\"");
        }
        return value;
    }
}
