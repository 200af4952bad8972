package dev.step.protocol;

import java.io.IOException;

/** The other end broke the protocol in a way that ends the connection. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(message);
    }

    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
