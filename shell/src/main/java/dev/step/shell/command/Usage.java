package dev.step.shell.command;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All about a command line, as people read it. */
public final class Usage {
    /** Before a further form: it stands below the first. */
    private static final String FURTHER_FORM = "\n       ";

    private Usage() {}

    /** The text, in several lines; the command's spec has every form of it as a custom synopsis. */
    public static String of(CommandLine parser) {
        parser.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, new Forms());
        return parser.getUsageMessage(Ansi.OFF);
    }

    /** As a class: a lambda would keep the whole interface out of the archive that the shell starts from. */
    private static final class Forms implements IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            return String.join(FURTHER_FORM, help.commandSpec().usageMessage().customSynopsis()) + "\n";
        }
    }
}
