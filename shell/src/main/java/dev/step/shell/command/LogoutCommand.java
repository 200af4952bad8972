package dev.step.shell.command;

import picocli.CommandLine.Model.CommandSpec;

final class LogoutCommand implements ShellCommand {
    private final ShellContext context;

    LogoutCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage().description("End the session; the shell stays.").customSynopsis("logout");
    }

    @Override
    public ExitStatus run() {
        context.connector().logOut();
        return ExitStatus.OK;
    }
}
