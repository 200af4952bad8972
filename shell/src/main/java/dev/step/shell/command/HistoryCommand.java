package dev.step.shell.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class HistoryCommand implements ShellCommand {
    private final ShellContext context;

    private final Single<Integer> count = Single.operand(Integer.class, "COUNT", "only so many, the last ones");

    HistoryCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Show what was typed; Ctrl-R searches it.",
                        "A line that begins with a blank is not remembered.")
                .customSynopsis("history [COUNT]")
                .footer("  history 20");
        Argument.addAll(spec, count);
    }

    @Override
    public ExitStatus run() throws UsageException {
        int most = count.value().orElse(Integer.MAX_VALUE);
        if (most < 0) {
            throw new UsageException("a count is not negative");
        }
        List<String> lines = context.person().typedLines();
        lines.subList(Math.max(0, lines.size() - most), lines.size())
                .forEach(line -> context.output().answer(line, Facts.of("line", line)));
        return ExitStatus.OK;
    }
}
