package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import dev.step.shell.client.Transfer;
import dev.step.shell.client.UnfinishedUploads;
import dev.step.shell.client.Uploader;
import dev.step.shell.progress.Progress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class UploadsResumeCommand implements ShellCommand {
    private final ShellContext context;

    private final Several<Operand> operands =
            Several.operands(Operand.class, "1..2", "FILE", "the local file, and its key");

    UploadsResumeCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Send the rest of an unfinished upload.",
                        "As put does, but never begins an upload. Without KEY it is the file's own name.")
                .customSynopsis("uploads resume FILE [KEY]")
                .footer("  uploads resume film.mp4");
        Argument.addAll(spec, operands);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Failures failures = new Failures(context);
        List<FilePair> pairs = new UploadPairs(context, false, failures).of(operands.values());
        Session session = context.session();
        Uploader uploader = new Uploader(session, new TransferFlags().options(context.settings()));
        for (FilePair pair : pairs) {
            new UnfinishedUploads(session).check(pair.file(), pair.key());
            try (Progress progress = context.progress().start(pair.key().text())) {
                Transfer transfer = uploader.put(pair.file(), pair.key(), true, progress);
                context.output().done(new TransferLine(pair, transfer, "sent"));
            }
        }
        return failures.first();
    }
}
