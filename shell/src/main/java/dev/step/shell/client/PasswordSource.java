package dev.step.shell.client;

/** Where a password comes from when it is needed. */
@FunctionalInterface
public interface PasswordSource {
    /** The protocol's own rule for servers without accounts: the password of a user is the user's name. */
    PasswordSource USER_NAME = user -> user;

    /** The password of this user, as text. */
    String passwordOf(String user) throws ClientException;
}
