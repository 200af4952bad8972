package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class LoginCommand implements ShellCommand {
    private final ShellContext context;

    private final Single<String> user = Single.operand(String.class, "USER", "default: the user chosen so far");

    private final PasswordOptions password = new PasswordOptions();

    LoginCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "Log in, as another user if one is named.",
                        "Without an option the password comes from the profile if it is for this user at this server, "
                                + "else from the environment variable STEP_PASSWORD, else it is asked for on a terminal, else it "
                                + "is the user's name: the rule of servers that have no accounts. It is never written on a command "
                                + "line.")
                .customSynopsis("login [USER]")
                .footer("  login alice", "  login --password-command 'pass show step' alice");
        Argument.addAll(spec, user, password);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        Optional<String> named = user.value().filter(name -> !name.isEmpty());
        String wanted =
                named.isPresent() ? named.get() : context.connector().target().user();
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
