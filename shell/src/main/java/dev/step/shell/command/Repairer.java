package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import dev.step.shell.client.RemoteFiles;
import dev.step.shell.client.Transfer;
import dev.step.shell.client.Uploader;
import dev.step.shell.progress.Progress;
import java.nio.file.Files;

/**
 * Sends files again of which the server has other content, or none.
 *
 * @param canReplace whether the server can do that in one step; else what it has goes first
 */
record Repairer(ShellContext context, RemoteFiles remote, Uploader uploader, boolean canReplace) {
    /** Whether there is something to send that would help. */
    static boolean canRepair(Problem problem, FilePair pair) {
        boolean helps = problem == Problem.DIFFERENT || problem == Problem.NOT_FOUND;
        return helps && Files.isRegularFile(pair.file());
    }

    void repair(FilePair pair, ClientException reason) throws ClientException {
        context.output().notice(reason.getMessage() + "; sending it again");
        if (reason.problem() == Problem.DIFFERENT && !canReplace) {
            remote.delete(pair.key());
        }
        try (Progress progress = context.progress().start(pair.key().text())) {
            Transfer transfer = uploader.put(pair.file(), pair.key(), canReplace, progress);
            context.output().done(new TransferLine(pair, transfer, "repaired"));
        }
    }
}
