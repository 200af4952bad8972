package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Downloader;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Fetch files from the server and compare what arrived.",
        customSynopsis = "get [--replace] KEY… [FILE|folder/]",
        footer = {
            "A last operand that ends in a slash is a local folder. With exactly two operands",
            "the second is the local file, or the folder if it is one. Otherwise the files are",
            "named as the last segments of the keys.",
            "",
            "  get report.pdf                 to report.pdf in this folder",
            "  get 2026/may.pdf report.pdf    to another name"
        })
final class GetCommand implements ShellCommand {
    private final ShellContext context;

    @Option(names = "--replace", description = "replace local files that have other content")
    private boolean replace;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "keys on the server")
    private List<Operand> operands = List.of();

    GetCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<FilePair> pairs = FilePair.fromKeys(operands, context.folder());
        Downloader downloader = new Downloader(context.session());
        return Each.of(context, pairs, pair -> get(downloader, pair));
    }

    private void get(Downloader downloader, FilePair pair) throws ClientException {
        String name = pair.key().text();
        try (Progress progress = context.progress(name)) {
            context.console().line(TransferLine.of(name, downloader.get(pair.key(), pair.file(), replace, progress)));
        }
    }
}
