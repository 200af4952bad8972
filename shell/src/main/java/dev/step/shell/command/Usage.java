package dev.step.shell.command;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All about a command line, as people read it. */
public final class Usage {
    /** Before a further form: it stands below the first. */
    private static final String FURTHER_FORM = "\n       ";

    private Usage() {}

    /** The text, in several lines; the command's spec has every form of it as a custom synopsis. */
    public static String of(CommandLine parser) {
        String[] forms = parser.getCommandSpec().usageMessage().customSynopsis();
        parser.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> String.join(FURTHER_FORM, forms) + "\n");
        return parser.getUsageMessage(Ansi.OFF);
    }
}
