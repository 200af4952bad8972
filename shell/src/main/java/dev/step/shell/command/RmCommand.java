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
        description = {
            "Remove files.",
            "With a pattern it asks first; in a script, where nobody can be asked, such a rm needs -f."
        },
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
        if (!force && !isNamed(keys) && !context.person().confirms(question(keys))) {
            return ExitStatus.OK;
        }
        return Each.key(context, keys, "removed", remote::delete);
    }

    /** Whether the operands are the keys themselves, and not patterns that happen to match them. */
    private boolean isNamed(List<Key> keys) {
        return operands.stream()
                .map(Operand::text)
                .toList()
                .equals(keys.stream().map(Key::text).toList());
    }

    private static String question(List<Key> keys) {
        return "Remove " + (keys.size() == 1 ? keys.get(0) : keys.size() + " files") + "?";
    }
}
