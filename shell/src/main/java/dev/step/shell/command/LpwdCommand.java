package dev.step.shell.command;

import picocli.CommandLine.Model.CommandSpec;

final class LpwdCommand implements ShellCommand {
    private final ShellContext context;

    LpwdCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Show the local folder.").customSynopsis("lpwd");
    }

    @Override
    public ExitStatus run() {
        String folder = context.folder().toAbsolutePath().toString();
        context.output().answer(folder, Facts.of("folder", folder));
        return ExitStatus.OK;
    }
}
