package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Commands as the option parser sees them. */
final class CommandSpecs {
    private CommandSpecs() {}

    /** A parser that only knows what there is to this command. */
    static CommandLine parser(Entry entry, ShellContext context) {
        return parser(entry, entry.make(context), new CommonOptions());
    }

    /** A parser that fills in this command and these options. */
    static CommandLine parser(Entry entry, ShellCommand command, CommonOptions commonOptions) {
        CommandSpec spec = CommandSpec.create().name(entry.words());
        command.describe(spec);
        commonOptions.addTo(spec);
        CommandLine parser = new CommandLine(spec);
        parser.setExpandAtFiles(false); // a name may begin with @
        parser.setTrimQuotes(false);
        parser.setInterpolateVariables(true);
        parser.registerConverter(String.class, new PlainText());
        parser.registerConverter(Operand.class, new AsOperand());
        return parser;
    }

    /** A word's text. As a class: a lambda would keep the whole interface out of the archive that the shell starts from. */
    private static final class PlainText implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            return Words.plain(word);
        }
    }

    /** A word that names something. */
    private static final class AsOperand implements ITypeConverter<Operand> {
        @Override
        public Operand convert(String word) {
            return new Operand(word);
        }
    }

    /** The most usual form without its options, such as {@code get KEY… [FILE|folder/]}. */
    static String shortSynopsis(CommandLine parser) {
        return synopses(parser)[0].replaceAll(" \\[-[^]]*]", "");
    }

    /** All forms, such as {@code get [--replace] KEY… [FILE|folder/]}. */
    static String synopsis(CommandLine parser) {
        return String.join(" or ", synopses(parser));
    }

    private static String[] synopses(CommandLine parser) {
        return parser.getCommandSpec().usageMessage().customSynopsis();
    }

    /** What a command is for, in one line. */
    static String description(CommandLine parser) {
        return parser.getCommandSpec().usageMessage().description()[0];
    }

    /** Everything there is to know about a command, but what all of them end with. */
    static String usage(CommandLine parser) {
        parser.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING);
        parser.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);
        return Usage.of(parser);
    }
}
