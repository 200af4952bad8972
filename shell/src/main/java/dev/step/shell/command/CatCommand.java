package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Downloader;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.TransferOptions;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        description = {
            "Write files to standard output.",
            "What was written is compared with the server's digest at the end. With --json each block is an "
                    + "object: its key, its offset, and its bytes in Base64."
        },
        customSynopsis = "cat KEY…",
        footer = "  cat notes.txt")
final class CatCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(
            arity = "1..*",
            paramLabel = "KEY",
            description = "keys on the server; *, ? and [a-z] stand for several")
    private List<Operand> operands = List.of();

    CatCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<Key> keys = new RemoteOperands(new RemoteFiles(context.session())).expand(operands);
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
