package dev.step.daemon.store;

import java.io.IOException;

/** Another server has the store open. */
public final class StoreInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreInUseException(String message) {
        super(message);
    }
}
