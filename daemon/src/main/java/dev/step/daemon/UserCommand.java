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

/** {@code step-server user}: who may log in. Servers that are running take notice. */
@Command(
        name = "user",
        description =
                "Manages the accounts of a store; a running server takes notice at once, and every server of a store in a "
                        + "bucket within 10 s.",
        mixinStandardHelpOptions = true)
final class UserCommand {
    private static final String NAME = "NAME";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(description = "Adds an account.", mixinStandardHelpOptions = true)
    void add(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin NewPassword password)
            throws IOException {
        UserName user = user(name);
        store.prepare();
        store.withAccounts(accounts -> {
            accounts.checkNew(user); // before anybody types a password in vain
            accounts.add(user, password.read(user));
        });
    }

    @Command(description = "Changes a password; who is logged in has to do so again.", mixinStandardHelpOptions = true)
    void passwd(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin NewPassword password)
            throws IOException {
        UserName user = user(name);
        store.withAccounts(accounts -> {
            accounts.checkKnown(user); // before anybody types a password in vain
            accounts.setPassword(user, password.read(user));
        });
    }

    @Command(description = "Keeps a user out until \"enable\".", mixinStandardHelpOptions = true)
    void disable(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.withAccounts(accounts -> accounts.setDisabled(user(name), true));
    }

    @Command(description = "Lets a user in again.", mixinStandardHelpOptions = true)
    void enable(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.withAccounts(accounts -> accounts.setDisabled(user(name), false));
    }

    @Command(description = "Removes an account; the user's files stay.", mixinStandardHelpOptions = true)
    void rm(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store) throws IOException {
        store.withAccounts(accounts -> accounts.remove(user(name)));
    }

    @Command(
            description = "Shows, or changes, what a user's files may take, where it is not what the settings say.",
            mixinStandardHelpOptions = true)
    void quota(@Parameters(paramLabel = NAME) String name, @Mixin StoreOption store, @Mixin OwnQuotaOptions options)
            throws IOException {
        UserName user = user(name);
        PrintWriter out = spec.commandLine().getOut();
        store.withAccounts(accounts -> {
            if (options.areGiven()) {
                accounts.setQuota(user, options::changed);
            }
            OwnQuotaOptions.lines(accounts.quota(user)).forEach(out::println);
        });
        out.flush();
    }

    @Command(description = "Lists the accounts.", mixinStandardHelpOptions = true)
    void ls(@Mixin StoreOption store) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        store.withAccounts(accounts -> accounts.all().forEach(account -> out.println(line(account))));
        out.flush();
    }

    private static String line(Account account) {
        return account.user() + (account.disabled() ? "  (disabled)" : "");
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
