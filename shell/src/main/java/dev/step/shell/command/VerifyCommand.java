package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.RemoteFile;
import dev.step.shell.client.Verifier;
import dev.step.shell.progress.Progress;
import dev.step.shell.progress.Quantity;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = "Compare local files with the server's digests, without moving them.",
        customSynopsis = "verify [-r] FILE… [KEY|folder/]",
        footer = {
            "Operands are read as put reads them: what put sent, verify compares.",
            "The exit status is 5 when content differs and 6 when one side has no such file.",
            "",
            "  verify report.pdf                 with the key report.pdf",
            "  verify report.pdf 2026/may.pdf    with another key"
        })
final class VerifyCommand implements ShellCommand {
    private final ShellContext context;

    @Option(names = "-r", description = "compare folders with everything in them")
    private boolean recursive;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "local files")
    private List<Operand> operands = List.of();

    VerifyCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        List<FilePair> pairs = new UploadPairs(context.folder(), recursive).of(operands);
        Verifier verifier = new Verifier(context.session());
        return Each.of(context, pairs, FilePair::facts, pair -> verify(verifier, pair));
    }

    private void verify(Verifier verifier, FilePair pair) throws ClientException {
        String name = pair.key().text();
        try (Progress progress = context.progress(name)) {
            RemoteFile both = verifier.verify(pair.file(), pair.key(), progress);
            context.output()
                    .done(
                            name + "  " + Quantity.size(both.size()) + "  ",
                            both.md5().algorithm() + " ok",
                            pair.facts()
                                    .and("size", both.size())
                                    .and(both.md5())
                                    .and("result", "equal"));
        }
    }
}
