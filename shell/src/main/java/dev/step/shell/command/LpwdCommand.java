package dev.step.shell.command;

import picocli.CommandLine.Command;

@Command(name = "lpwd", description = "Show the local folder.", customSynopsis = "lpwd")
final class LpwdCommand implements ShellCommand {
    private final ShellContext context;

    LpwdCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() {
        String folder = context.folder().toAbsolutePath().toString();
        context.output().answer(folder, Facts.of("folder", folder));
        return ExitStatus.OK;
    }
}
