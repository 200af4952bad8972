package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.UnfinishedUploads;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "which ones")
    private List<Operand> operands = List.of();

    UploadsCancelCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands) {
            keys.add(operand.key());
        }
        UnfinishedUploads uploads = new UnfinishedUploads(context.session());
        return Each.of(context, keys, key -> Facts.of("key", key.text()), key -> {
            uploads.cancel(key);
            context.output()
                    .done(key + "  cancelled", Facts.of("key", key.text()).and("result", "cancelled"));
        });
    }
}
