package dev.step.shell.command;

import picocli.CommandLine.Command;

@Command(name = "logout", description = "End the session; the shell stays.", customSynopsis = "logout")
final class LogoutCommand implements ShellCommand {
    private final ShellContext context;

    LogoutCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() {
        context.connector().logOut();
        return ExitStatus.OK;
    }
}
