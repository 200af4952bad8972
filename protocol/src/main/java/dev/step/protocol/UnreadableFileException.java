package dev.step.protocol;

import java.io.IOException;

/** A file that is being sent cannot be read, or is no longer as long as it was; the connection is not to blame. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** It has ended too early. */
    public UnreadableFileException() {
        super("it became shorter while it was sent; send it again when it is at rest");
    }

    /** The system could not read it. */
    public UnreadableFileException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
