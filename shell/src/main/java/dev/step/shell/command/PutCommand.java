package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Uploader;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "put",
        description = "Send local files to the server and compare what arrived.",
        customSynopsis = "put [-r] FILE… [KEY|folder/]",
        footer = {
            "A last operand that ends in a slash is a folder. With exactly two operands the",
            "second is the key. Otherwise the keys are the files' own names.",
            "",
            "  put report.pdf                 under the key report.pdf",
            "  put report.pdf 2026/may.pdf    under another key",
            "  put *.pdf 2026/                several into a folder",
            "  put -r photos                  a folder, under photos/…"
        })
final class PutCommand implements ShellCommand {
    private final ShellContext context;

    @Option(names = "-r", description = "send folders with everything in them")
    private boolean recursive;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "local files; *, ? and [a-z] stand for several")
    private List<Operand> operands = List.of();

    PutCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<FilePair> pairs = new UploadPairs(context.folder(), recursive).of(operands);
        Uploader uploader = new Uploader(context.session());
        return Each.of(context, pairs, FilePair::facts, pair -> put(uploader, pair));
    }

    private void put(Uploader uploader, FilePair pair) throws ClientException {
        String name = pair.key().text();
        try (Progress progress = context.progress(name)) {
            TransferLine.show(context.output(), pair, uploader.put(pair.file(), pair.key(), progress), "sent");
        }
    }
}
