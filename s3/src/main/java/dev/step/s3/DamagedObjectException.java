package dev.step.s3;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An object is there, and says nothing that can be understood: trying again does not help. */
final class DamagedObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param name of the object, for the admin */
    DamagedObjectException(String name, @Nullable Exception cause) {
        super("The object " + name + " is damaged", cause);
    }
}
