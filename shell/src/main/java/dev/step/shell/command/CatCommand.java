package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Downloader;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class CatCommand implements ShellCommand {
    private final ShellContext context;

    private final Several<Operand> operands = Several.operands(
            Operand.class, Several.SOME, "KEY", "keys on the server; *, ? and [a-z] stand for several");

    CatCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Write files to standard output.",
                        "What was written is compared with the server's digest at the end. With --json each block is an "
                                + "object: its key, its offset, and its bytes in Base64.")
                .customSynopsis("cat KEY…")
                .footer("  cat notes.txt");
        Argument.addAll(spec, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Key> keys = new RemoteOperands(new RemoteFiles(context.session())).expand(operands.values());
        return new Writer(context, new Downloader(context.session(), TransferOptions.DEFAULT)).write(keys);
    }

    /** Writes files to the results. */
    record Writer(ShellContext context, Downloader downloader) {
        ExitStatus write(List<Key> keys) {
            return Each.key(context, keys, key -> {
                try (ResultChannel results = new ResultChannel(context.output(), key);
                        Progress progress = context.progress().start(key.text())) {
                    downloader.write(key, results, progress);
                }
            });
        }
    }
}
