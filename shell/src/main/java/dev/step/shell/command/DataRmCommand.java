package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import picocli.CommandLine.Model.CommandSpec;

final class DataRmCommand implements ShellCommand {
    private final ShellContext context;

    private final KeyOperands operands = new KeyOperands();

    DataRmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Remove values.")
                .customSynopsis("data rm KEY…")
                .footer("  data rm build");
        Argument.addAll(spec, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return Each.key(context, operands.keys(), "removed", new Values(context.session())::delete);
    }
}
