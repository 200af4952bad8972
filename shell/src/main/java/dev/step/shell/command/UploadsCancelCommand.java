package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.UnfinishedUploads;
import picocli.CommandLine.Model.CommandSpec;

final class UploadsCancelCommand implements ShellCommand {
    private final ShellContext context;

    private final KeyOperands operands = new KeyOperands();

    UploadsCancelCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Throw away unfinished uploads.",
                        "What has arrived of them is lost. A complete file of that key stays.")
                .customSynopsis("uploads cancel KEY…")
                .footer("  uploads cancel film.mp4");
        Argument.addAll(spec, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return Each.key(context, operands.keys(), "cancelled", new UnfinishedUploads(context.session())::cancel);
    }
}
