package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import dev.step.shell.command.Commands.Group;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class HelpCommand implements ShellCommand {
    private final ShellContext context;

    private final Several<String> words =
            Several.operands(String.class, Several.ANY, "COMMAND", "which one; default: all");

    HelpCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Show the commands, or all about one.")
                .customSynopsis("help [COMMAND]")
                .footer("  help put");
        Argument.addAll(spec, words);
    }

    @Override
    public ExitStatus run() throws UsageException {
        List<String> names = words.values();
        if (names.isEmpty()) {
            listAll();
        } else {
            Entry entry = Commands.find(names).orElseThrow(() -> CommandRunner.unknown(names));
            tellAbout(entry, CommandSpecs.parser(entry, context), context.output());
        }
        return ExitStatus.OK;
    }

    /** Tells all about one command. */
    static void tellAbout(Entry entry, CommandLine parser, Output output) {
        String usage = CommandSpecs.usage(parser);
        output.text(usage, Facts.of("command", entry.words()).and("help", usage));
    }

    private void listAll() {
        Output output = context.output();
        Table table = new Table(List.of());
        listed(Commands.ALL).forEach(entry -> add(table, entry));
        Iterator<Table.Line> lines = table.lines().iterator();
        for (Group group : Group.values()) {
            output.remark(group.title());
            listed(group.entries()).forEach(entry -> output.row(lines.next()));
        }
        output.remark("help COMMAND says more, with examples. A name with a space is quoted: \"my file\"");
    }

    /** Those that have something to say: {@code quit} speaks for {@code exit}. */
    private static Stream<Entry> listed(List<Entry> entries) {
        return entries.stream().filter(entry -> entry != Entry.EXIT);
    }

    private void add(Table table, Entry entry) {
        CommandLine parser = CommandSpecs.parser(entry, context);
        String description = CommandSpecs.description(parser);
        table.add(
                List.of("  " + CommandSpecs.shortSynopsis(parser), description),
                Facts.of("command", entry.words())
                        .and("usage", CommandSpecs.synopsis(parser))
                        .and("description", description));
    }
}
