package dev.step.shell.command;

/** The user wrote something that is no command. The message is one line that says what is wrong. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
