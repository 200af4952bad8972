package dev.step.shell.command;

import dev.step.shell.client.DigestPreference;
import dev.step.shell.console.ColorMode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the user has set for all commands to come. */
public final class Settings {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    /** Everything as it is when nobody sets anything. */
    public Settings() {
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.initial());
        }
    }

    /** Sets one, if it can have this value. */
    public void set(Setting setting, String value) throws UsageException {
        values.put(setting, setting.checked(value));
    }

    /** Sets several. */
    public void setAll(Map<Setting, String> several) throws UsageException {
        for (Map.Entry<Setting, String> one : several.entrySet()) {
            set(one.getKey(), one.getValue());
        }
    }

    String get(Setting setting) {
        return values.getOrDefault(setting, setting.initial());
    }

    boolean isOn(Setting setting) {
        return get(setting).equals(Setting.ON);
    }

    /** What files are compared by. */
    DigestPreference digest() {
        return DigestPreference.valueOf(
                get(Setting.DIGEST).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether results are coloured. */
    public ColorMode color() {
        return ColorMode.valueOf(get(Setting.COLOR).toUpperCase(Locale.ROOT));
    }
}
