package dev.step.daemon.request;

import java.io.IOException;

/** The client went away, or its connection broke: unlike a failure of the store, there is nobody to tell. */
public final class ConnectionLostException extends IOException {
    private static final long serialVersionUID = 1L;

    public ConnectionLostException(IOException cause) {
        super(cause);
    }
}
