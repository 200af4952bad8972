package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Commands as the option parser sees them. */
final class CommandSpecs {
    private CommandSpecs() {}

    /** A parser that only knows what there is to this command. */
    static CommandLine parser(Entry entry, ShellContext context) {
        return parser(entry, entry.make().apply(context), new OutputOptions());
    }

    /** A parser that fills in this command and these options. */
    static CommandLine parser(Entry entry, ShellCommand command, OutputOptions outputOptions) {
        CommandLine parser = new CommandLine(command);
        parser.setCommandName(entry.name());
        parser.setExpandAtFiles(false); // a name may begin with @
        parser.setTrimQuotes(false);
        parser.setInterpolateVariables(true);
        parser.registerConverter(String.class, Words::plain);
        parser.registerConverter(Operand.class, Operand::new);
        parser.addMixin("output", outputOptions);
        return parser;
    }

    /** The most usual form. */
    static String shortSynopsis(CommandLine parser) {
        return parser.getCommandSpec().usageMessage().customSynopsis()[0];
    }

    /** All forms, such as {@code get [--replace] KEY… [FILE|folder/]}. */
    static String synopsis(CommandLine parser) {
        return String.join(" or ", parser.getCommandSpec().usageMessage().customSynopsis());
    }

    /** What a command is for, in one line. */
    static String description(CommandLine parser) {
        return String.join(" ", parser.getCommandSpec().usageMessage().description());
    }

    /** Everything there is to know about a command. */
    static String usage(CommandLine parser) {
        return parser.getUsageMessage(Ansi.OFF);
    }
}
