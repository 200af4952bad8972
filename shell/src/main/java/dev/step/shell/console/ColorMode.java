package dev.step.shell.console;

import java.util.Map;

/** Whether results are coloured. */
public enum ColorMode {
    /** Where the output is a terminal that knows colours and nobody has asked for none. */
    AUTO,
    ALWAYS,
    NEVER;

    /** Decides by the terminal and by the variables {@code NO_COLOR} (see no-color.org) and {@code TERM}. */
    boolean isOn(Terminals terminals, Map<String, String> environment) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminals.output()
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !Terminals.areDumb(environment);
        };
    }
}
