package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        description = {
            "Log in, as another user if one is named.",
            "Without an option the password comes from the profile if it is for this user at this server, "
                    + "else from the environment variable STEP_PASSWORD, else it is asked for on a terminal, else it "
                    + "is the user's name: the rule of servers that have no accounts. It is never written on a command "
                    + "line."
        },
        customSynopsis = "login [USER]",
        footer = {"  login alice", "  login --password-command 'pass show step' alice"})
final class LoginCommand implements ShellCommand {
    private final ShellContext context;

    @Parameters(arity = "0..1", paramLabel = "USER", description = "default: the user chosen so far")
    private String user = "";

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    LoginCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        String wanted = user.isEmpty() ? context.connector().target().user() : user;
        Session session = context.connector().logIn(wanted, password.source(context.folder()));
        context.output()
                .changed(
                        "logged in to " + session.address() + " as " + session.user(),
                        Facts.of("user", session.user())
                                .and("address", session.address().toString())
                                .and("result", "logged in"));
        return ExitStatus.OK;
    }
}
