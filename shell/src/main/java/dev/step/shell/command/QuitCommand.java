package dev.step.shell.command;

import picocli.CommandLine.Model.CommandSpec;

final class QuitCommand implements ShellCommand {
    private final ShellContext context;

    QuitCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("Leave the shell; exit does the same.").customSynopsis("quit");
    }

    @Override
    public ExitStatus run() {
        context.leave();
        return ExitStatus.OK;
    }
}
