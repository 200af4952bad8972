package dev.step.shell.client;

import java.io.IOException;

/** The connection is gone: closed by the server, by the network, or by us after the time limit. */
final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean timeout;

    ConnectionLostException(String message, Throwable cause) {
        super(message, cause);
        this.timeout = false;
    }

    ConnectionLostException(String message, boolean timeout) {
        super(message);
        this.timeout = timeout;
    }

    /** Whether the server was there but did not answer in time: then trying again means waiting as long again. */
    boolean isTimeout() {
        return timeout;
    }
}
