package dev.step.daemon;

import dev.step.daemon.auth.Account;
import dev.step.protocol.RefusedException;
import dev.step.protocol.UserName;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code step-server user}: who may log in. A server that is running takes notice at once. */
@Command(
        name = "user",
        description = "Manages the accounts of a store; a running server takes notice at once.",
        mixinStandardHelpOptions = true)
final class UserCommand {
    private static final String NAME = "NAME";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(description = "Adds an account.", mixinStandardHelpOptions = true)
    void add(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin NewPassword password)
            throws IOException {
        UserName user = user(name);
        store.makeFolder();
        store.accounts().add(user, password.read(user));
    }

    @Command(description = "Changes a password; who is logged in has to do so again.", mixinStandardHelpOptions = true)
    void passwd(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin NewPassword password)
            throws IOException {
        UserName user = user(name);
        store.accounts().setPassword(user, password.read(user));
    }

    @Command(description = "Keeps a user out until \"enable\".", mixinStandardHelpOptions = true)
    void disable(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.accounts().setDisabled(user(name), true);
    }

    @Command(description = "Lets a user in again.", mixinStandardHelpOptions = true)
    void enable(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.accounts().setDisabled(user(name), false);
    }

    @Command(description = "Removes an account; the user's files stay.", mixinStandardHelpOptions = true)
    void rm(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.accounts().remove(user(name));
    }

    @Command(
            description = "Shows, or changes, what a user's files may take, where it is not what the settings say.",
            mixinStandardHelpOptions = true)
    void quota(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin OwnQuotaOptions options)
            throws IOException {
        UserName user = user(name);
        if (options.areGiven()) {
            store.accounts().setQuota(user, options::changed);
        }
        PrintWriter out = spec.commandLine().getOut();
        OwnQuotaOptions.lines(store.accounts().quota(user)).forEach(out::println);
        out.flush();
    }

    @Command(description = "Lists the accounts.", mixinStandardHelpOptions = true)
    void ls(@Mixin StoreOption store) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Account account : store.accounts().all()) {
            out.println(account.user() + (account.disabled() ? "  (disabled)" : ""));
        }
        out.flush();
    }

    private UserName user(String name) {
        try {
            UserName user = UserName.of(name);
            if (user.text().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "The user name is empty.");
            }
            return user;
        } catch (RefusedException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
