package dev.step.daemon.store.copy;

import java.io.IOException;

/** One thing in the source cannot be read, or is not what it should be. The others may be good. */
final class SourceFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceFailedException(String message) {
        super(message);
    }

    SourceFailedException(IOException cause) {
        super("it cannot be read: " + cause.getMessage(), cause);
    }

    /** Why, in words for the admin. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
