package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lcd",
        description = "Go to another local folder.",
        customSynopsis = "lcd [FOLDER]",
        footer = "  lcd ~/photos")
final class LcdCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "default: your own folder")
    private Operand target = new Operand("~");

    LcdCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Path folder = target.path(context.folder());
        if (!Files.isDirectory(folder)) {
            boolean exists = Files.exists(folder);
            throw new ClientException(
                    exists ? Problem.LOCAL_FILE : Problem.NOT_FOUND,
                    folder + (exists ? ": not a folder" : ": no such folder"));
        }
        context.enterFolder(folder.normalize());
        return ExitStatus.OK;
    }
}
