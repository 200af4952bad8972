package dev.step.shell.command;

import picocli.CommandLine.Command;

@Command(name = "quit", description = "Leave the shell; exit does the same.", customSynopsis = "quit")
final class QuitCommand implements ShellCommand {
    private final ShellContext context;

    QuitCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() {
        context.leave();
        return ExitStatus.OK;
    }
}
