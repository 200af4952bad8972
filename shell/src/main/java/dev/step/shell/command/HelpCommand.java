package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import dev.step.shell.command.Commands.Group;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "help",
        description = "Show the commands, or all about one.",
        customSynopsis = "help [COMMAND]",
        footer = "  help put")
final class HelpCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(paramLabel = "COMMAND", description = "which one; default: all")
    private List<String> words = List.of();

    HelpCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws UsageException {
        if (words.isEmpty()) {
            listAll();
        } else {
            Entry entry = Commands.find(words).orElseThrow(() -> CommandRunner.unknown(words));
            tellAbout(entry, CommandSpecs.parser(entry, context), context.output());
        }
        return ExitStatus.OK;
    }

    /** Tells all about one command. */
    static void tellAbout(Entry entry, CommandLine parser, Output output) {
        String usage = CommandSpecs.usage(parser);
        output.text(usage, Facts.of("command", entry.name()).and("help", usage));
    }

    private void listAll() {
        Output output = context.output();
        Table table = new Table(List.of());
        listed(Commands.ALL).forEach(entry -> add(table, entry));
        Iterator<Table.Line> lines = table.lines().iterator();
        for (Group group : Commands.GROUPS) {
            output.remark(group.title());
            listed(group.entries()).forEach(entry -> output.row(lines.next()));
        }
        output.remark("help COMMAND says more, with examples. A name with a space is quoted: \"my file\"");
    }

    /** Those that have something to say: {@code quit} speaks for {@code exit}. */
    private static Stream<Entry> listed(List<Entry> entries) {
        return entries.stream().filter(entry -> !entry.name().equals("exit"));
    }

    private void add(Table table, Entry entry) {
        CommandLine parser = CommandSpecs.parser(entry, context);
        String description = CommandSpecs.description(parser);
        table.add(
                List.of("  " + CommandSpecs.shortSynopsis(parser), description),
                Facts.of("command", entry.name())
                        .and("usage", CommandSpecs.synopsis(parser))
                        .and("description", description));
    }
}
