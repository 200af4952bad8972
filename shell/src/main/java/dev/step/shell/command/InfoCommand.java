package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFile;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "info",
        description = {"Show the size and the digest of files.", "Works with servers that cannot list, too."},
        customSynopsis = "info KEY…",
        footer = "  info report.pdf")
final class InfoCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description = "keys on the server; *, ? and [a-z] stand for several")
    private List<Operand> operands = List.of();

    InfoCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<Key> keys = new RemoteOperands(remote).expand(operands);
        return Each.key(context, keys, key -> {
            RemoteFile file = remote.describe(key);
            Facts facts = Facts.of("key", key.text()).and("size", file.size()).and(file.digest());
            context.output()
                    .answer(
                            key + "  " + file.size() + " B  " + file.digest().algorithm() + " "
                                    + file.digest().hex(),
                            facts);
        });
    }
}
