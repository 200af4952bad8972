package dev.step.shell.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = {"Show what was typed; Ctrl-R searches it.", "A line that begins with a blank is not remembered."
        },
        customSynopsis = "history [COUNT]",
        footer = "  history 20")
final class HistoryCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "COUNT", description = "only so many, the last ones")
    private int count = Integer.MAX_VALUE;

    HistoryCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws UsageException {
        if (count < 0) {
            throw new UsageException("a count is not negative");
        }
        List<String> lines = context.person().typedLines();
        lines.subList(Math.max(0, lines.size() - count), lines.size())
                .forEach(line -> context.output().answer(line, Facts.of("line", line)));
        return ExitStatus.OK;
    }
}
