package dev.step.shell.client;

import org.jspecify.annotations.Nullable;

/** Finds the account to log in with, and asks for its password only when it is another one than before. */
final class Accounts implements AccountSource {
    private final ServerLocator locator;
    private final Choice choice;
    private final PasswordSource passwords;
    private @Nullable Target last;
    private String lastPassword = "";

    /** Accounts at the server that is located, as far as nothing else was chosen. */
    Accounts(ServerLocator locator, Choice choice, PasswordSource passwords) {
        this.locator = locator;
        this.choice = choice;
        this.passwords = passwords;
    }

    @Override
    public Account account() throws ClientException {
        Target now = choice.of(locator.locate());
        if (last == null || !last.equals(now)) {
            lastPassword = now.password().orElse(passwords).passwordOf(now.user());
            last = now;
        }
        return new Account(now.address(), now.user(), lastPassword);
    }
}
