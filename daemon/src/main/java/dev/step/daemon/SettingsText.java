package dev.step.daemon;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** Describes every setting: as a configuration file that says nothing yet, and as a manual page. */
final class SettingsText {
    private static final int WIDTH = 100;
    private static final String RESTART = "A change needs a restart.";

    private SettingsText() {}

    static void writeSample(PrintWriter out) {
        out.print("""
                # Settings of step-server: name = value. Lines that begin with # say nothing; here, they show the defaults.
                #
                #   step-server check-config          finds mistakes
                #   systemctl reload step-server      applies changes, and disturbs nobody
                #   systemctl restart step-server     is needed for settings that say so
                #
                # A server for a class, in which anybody may be anybody, and for old clients, which know no TLS:
                #
                #   auth = open
                #   plaintext = allow
                """);
        for (OptionSpec option : SettingDefinitions.all()) {
            out.println();
            lines(explanation(option)).forEach(line -> out.println("# " + line));
            out.println("#" + assignment(option));
        }
    }

    static void writeManual(PrintWriter out) {
        out.print("""
                = step-server.conf(5)
                :doctype: manpage
                :manmanual: STEP
                :mansource: STEP

                == Name

                step-server.conf - settings of the STEP server

                == Description

                */etc/step-server/step-server.conf* says what step-server(8) does when it is not told otherwise on its command
                line. Every line is of the form *name = value*, where the name is that of an option of step-server-run(8) without
                its dashes. Empty lines and lines that begin with *#* say nothing.

                *step-server check-config* reports every mistake; a server does not start, and does not reload, while there is any.
                *systemctl reload step-server* applies changes to connections that are made from then on.

                == Settings

                Defaults are in parentheses.

                """);
        for (OptionSpec option : SettingDefinitions.all()) {
            String isDefault =
                    defaultOf(option).map(value -> " (" + value + ")").orElse("");
            out.println("*" + SettingDefinitions.name(option) + "* = _" + option.paramLabel() + "_" + isDefault + "::");
            out.println(explanation(option));
            out.println();
        }
        out.print("""
                == See also

                step-server(8), step-server-run(8)
                """);
    }

    /** What the option's description says, without the default, which both forms show in a way of their own. */
    private static String explanation(OptionSpec option) {
        String text = String.join(" ", option.description());
        text = text.replace(" Default: " + defaultOf(option).orElse(option.paramLabel()), "");
        return SettingDefinitions.changesWhileRunning(SettingDefinitions.name(option)) ? text : text + " " + RESTART;
    }

    private static String assignment(OptionSpec option) {
        return SettingDefinitions.name(option) + " = " + defaultOf(option).orElse(option.paramLabel());
    }

    private static Optional<String> defaultOf(OptionSpec option) {
        return option.defaultValue() != null
                ? Optional.of(option.defaultValue())
                : Optional.ofNullable(option.required() ? null : option.initialValue())
                        .map(String::valueOf);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
