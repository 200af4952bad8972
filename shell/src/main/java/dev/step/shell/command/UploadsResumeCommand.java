package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import dev.step.shell.client.UnfinishedUploads;
import dev.step.shell.client.Uploader;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "uploads resume",
        description = {
            "Send the rest of an unfinished upload.",
            "As put does, but never begins an upload. Without KEY it is the file's own name."
        },
        customSynopsis = "uploads resume FILE [KEY]",
        footer = "  uploads resume film.mp4")
final class UploadsResumeCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "1..2", paramLabel = "FILE", description = "the local file, and its key")
    private List<Operand> operands = List.of();

    UploadsResumeCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Failures failures = new Failures(context);
        List<FilePair> pairs = new UploadPairs(context, false, failures).of(operands);
        Session session = context.session();
        Uploader uploader = new Uploader(session, new TransferFlags().options(context.settings()));
        for (FilePair pair : pairs) {
            new UnfinishedUploads(session).check(pair.file(), pair.key());
            try (Progress progress = context.progress().start(pair.key().text())) {
                TransferLine.show(
                        context.output(), pair, uploader.put(pair.file(), pair.key(), true, progress), "sent");
            }
        }
        return failures.first();
    }
}
