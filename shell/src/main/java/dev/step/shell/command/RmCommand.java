package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class RmCommand implements ShellCommand {
    private final ShellContext context;

    private final Flag force = new Flag("-f", "do not ask");

    private final Several<Operand> operands = Several.operands(
            Operand.class, Several.SOME, "KEY", "keys on the server; *, ? and [a-z] stand for several");

    RmCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Remove files.",
                        "With a pattern it asks first; in a script, where nobody can be asked, such a rm needs -f.")
                .customSynopsis("rm [-f] KEY…")
                .footer("  rm report.pdf \"old notes.txt\"", "  rm -f 2026/*.tmp               without asking");
        Argument.addAll(spec, force, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<Operand> given = operands.values();
        List<Key> keys = new RemoteOperands(remote).expand(given);
        if (!force.isGiven() && !isNamed(given, keys) && !context.person().confirms(question(keys))) {
            return ExitStatus.OK;
        }
        return Each.key(context, keys, "removed", remote::delete);
    }

    /** Whether the operands are the keys themselves, and not patterns that happen to match them. */
    private static boolean isNamed(List<Operand> given, List<Key> keys) {
        return given.stream()
                .map(Operand::text)
                .toList()
                .equals(keys.stream().map(Key::text).toList());
    }

    private static String question(List<Key> keys) {
        return "Remove " + (keys.size() == 1 ? keys.get(0) : keys.size() + " files") + "?";
    }
}
