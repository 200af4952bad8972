package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Values;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "data rm", description = "Remove values.", customSynopsis = "data rm KEY…", footer = "  data rm build")
final class DataRmCommand implements ShellCommand {
    private final ShellContext context;

    @Mixin
    private final KeyOperands operands = new KeyOperands();

    DataRmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return Each.key(context, operands.keys(), "removed", new Values(context.session())::delete);
    }
}
