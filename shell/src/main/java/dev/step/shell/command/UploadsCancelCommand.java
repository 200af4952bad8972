package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.UnfinishedUploads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "uploads cancel",
        description = {
            "Throw away unfinished uploads.",
            "What has arrived of them is lost. A complete file of that key stays."
        },
        customSynopsis = "uploads cancel KEY…",
        footer = "  uploads cancel film.mp4")
final class UploadsCancelCommand implements ShellCommand {
    private final ShellContext context;

    @Mixin
    private final KeyOperands operands = new KeyOperands();

    UploadsCancelCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        return Each.key(context, operands.keys(), "cancelled", new UnfinishedUploads(context.session())::cancel);
    }
}
