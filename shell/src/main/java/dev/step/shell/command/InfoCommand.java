package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.protocol.message.AccountStatus;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteAccount;
import dev.step.shell.client.RemoteFile;
import dev.step.shell.client.RemoteFiles;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class InfoCommand implements ShellCommand {
    private final ShellContext context;

    private final Several<Operand> operands =
            Several.operands(Operand.class, Several.ANY, "KEY", "keys on the server; *, ? and [a-z] stand for several");

    InfoCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Show the size and the digest of files.",
                        "Works with servers that cannot list, too. Without a key: how much of the quota is used.")
                .customSynopsis("info [KEY…]")
                .footer("  info report.pdf", "  info");
        Argument.addAll(spec, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Operand> given = operands.values();
        return given.isEmpty() ? describeAccount() : describeFiles(given);
    }

    private ExitStatus describeAccount() throws ClientException {
        AccountStatus status = new RemoteAccount(context.session())
                .status()
                .orElseThrow(() -> new ClientException(
                        Problem.UNSUPPORTED, "this server cannot say how much is used; info KEY shows a file"));
        context.output().answer(Allowance.words(status), Allowance.add(status, Facts.none()));
        return ExitStatus.OK;
    }

    private ExitStatus describeFiles(List<Operand> given) throws ClientException, UsageException {
        RemoteFiles remote = new RemoteFiles(context.session());
        List<Key> keys = new RemoteOperands(remote).expand(given);
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
