package dev.step.shell;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.PasswordSource;
import dev.step.shell.client.Problem;
import dev.step.shell.console.Terminals;
import java.io.Console;
import java.util.Map;

/** Finds a password: in the environment, else by asking on a terminal, else by the protocol's rule. */
final class Passwords implements PasswordSource {
    private static final String VARIABLE = "STEP_PASSWORD";

    private final Map<String, String> environment;
    private final PasswordSource withoutEnvironment;

    /** Looks into this environment, then asks the other source. */
    Passwords(Map<String, String> environment, PasswordSource withoutEnvironment) {
        this.environment = environment;
        this.withoutEnvironment = withoutEnvironment;
    }

    /** Asks where the user can see it and answer. */
    static PasswordSource onTerminal(Terminals terminals) {
        Console terminal = terminals.input() && terminals.error() ? System.console() : null;
        return terminal == null ? PasswordSource.USER_NAME : user -> ask(terminal, user);
    }

    private static String ask(Console terminal, String user) throws ClientException {
        char[] password = terminal.readPassword("Password of %s (empty: the name itself): ", user);
        if (password == null) {
            throw new ClientException(Problem.LOGIN_REFUSED, "no password was given");
        }
        return password.length == 0 ? user : new String(password);
    }

    @Override
    public String passwordOf(String user) throws ClientException {
        String known = environment.get(VARIABLE);
        return known == null ? withoutEnvironment.passwordOf(user) : known;
    }
}
