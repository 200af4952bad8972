package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description = "Remove files from the server.",
        customSynopsis = "rm KEY…",
        footer = {"", "  rm report.pdf \"old notes.txt\""})
final class RmCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "keys on the server")
    private List<Operand> operands = List.of();

    RmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Key> keys = new ArrayList<>();
        for (Operand operand : operands) {
            keys.add(operand.key());
        }
        RemoteFiles remote = new RemoteFiles(context.session());
        return Each.of(context, keys, key -> {
            remote.delete(key);
            context.console().line(key + "  removed");
        });
    }
}
