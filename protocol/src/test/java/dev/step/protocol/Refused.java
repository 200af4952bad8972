package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Asserts that something is refused. */
public final class Refused {
    private Refused() {}

    /** Asserts the status, and returns the refusal for a closer look. */
    public static RefusedException with(Status status, Executable action) {
        return with(status, "", action);
    }

    /** The same, with words that say which of many cases it was. */
    public static RefusedException with(Status status, String which, Executable action) {
        RefusedException refusal = assertThrows(RefusedException.class, action, which);
        assertEquals(status, refusal.status(), () -> which + ": " + refusal.getMessage());
        return refusal;
    }
}
