package dev.step.protocol;

import java.io.IOException;

/** The other end broke the protocol in a way that ends the connection. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Status status;

    public ProtocolException(String message) {
        this(Status.MALFORMED, message);
    }

    /** Ends the connection with another status than that of what is malformed. */
    public ProtocolException(Status status, String message) {
        super(message);
        this.status = status;
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
        this.status = Status.MALFORMED;
    }

    /** What to answer before the connection ends. */
    public Status status() {
        return status;
    }
}
