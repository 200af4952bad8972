package dev.step.shell.command;

import dev.step.shell.command.Commands.Entry;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "help", description = "Show the commands, or all about one.", customSynopsis = "help [COMMAND]")
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
            context.console().lines(CommandSpecs.usage(CommandSpecs.parser(entry, context)));
        }
        return ExitStatus.OK;
    }

    private void listAll() {
        Table table = new Table(List.of());
        for (Entry entry : Commands.ALL) {
            CommandLine parser = CommandSpecs.parser(entry, context);
            if (!entry.name().equals("exit")) { // quit says it
                String synopsis = CommandSpecs.shortSynopsis(parser);
                String description = CommandSpecs.description(parser);
                Facts facts =
                        Facts.of("command", entry.name()).and("usage", synopsis).and("description", description);
                table.add(List.of(synopsis, description), facts);
            }
        }
        context.output().table(table);
        if (!context.output().isJson()) {
            context.console()
                    .lines("\nhelp COMMAND says more. Names with spaces: quote them, or put \\ before the space.");
        }
    }
}
