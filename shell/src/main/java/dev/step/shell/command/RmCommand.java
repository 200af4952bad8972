package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rm",
        description = {"Remove files.", "With a pattern it asks first, at the prompt."},
        customSynopsis = "rm [-f] KEY…",
        footer = {"  rm report.pdf \"old notes.txt\"", "  rm -f 2026/*.tmp               without asking"})
final class RmCommand implements ShellCommand {
    private final ShellContext context;

    @Option(names = "-f", description = "do not ask")
    private boolean force;

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description = "keys on the server; *, ? and [a-z] stand for several")
    private List<Operand> operands = List.of();

    RmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<Key> keys = new RemoteOperands(remote).expand(operands);
        boolean severalMeant = operands.stream().anyMatch(Operand::isPattern);
        if (severalMeant
                && !force
                && !context.person()
                        .confirms("Remove " + (keys.size() == 1 ? keys.get(0) : keys.size() + " files") + "?")) {
            return ExitStatus.OK;
        }
        return Each.of(context, keys, key -> Facts.of("key", key.text()), key -> {
            remote.delete(key);
            context.output().done(key + "  removed", Facts.of("key", key.text()).and("result", "removed"));
        });
    }
}
