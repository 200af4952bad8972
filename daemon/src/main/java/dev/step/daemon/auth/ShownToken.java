package dev.step.daemon.auth;

import org.jspecify.annotations.Nullable;

/**
 * The token that a connection's client has shown last, and what it has been proven to say: most show the same one with every
 * request, and to prove it costs as much as the rest of a small request. It goes with its connection. For one thread at a
 * time.
 */
public final class ShownToken {
    private @Nullable String token;
    private @Nullable Object says;

    /** What this token says; null when it is not the one that was proven last, or another kind of token. */
    <T> @Nullable T find(String shown, Class<T> kind) {
        return shown.equals(token) && kind.isInstance(says) ? kind.cast(says) : null;
    }

    void proven(String shown, Object said) {
        token = shown;
        says = said;
    }
}
