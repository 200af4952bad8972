package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

final class LcdCommand implements ShellCommand {
    private static final Operand HOME = new Operand("~");

    private final ShellContext context;

    private final Single<Operand> target = Single.operand(Operand.class, "FOLDER", "default: your own folder");

    LcdCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Go to another local folder.")
                .customSynopsis("lcd [FOLDER]")
                .footer("  lcd ~/photos");
        Argument.addAll(spec, target);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Path folder = target.value().orElse(HOME).path(context.folder());
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
