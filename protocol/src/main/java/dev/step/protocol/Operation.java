package dev.step.protocol;

import java.util.Optional;

/** What a message asks for. The names are the wire's. */
public enum Operation {
    LOGIN,
    SAVE,
    GET,
    DELETE,
    UPLOAD,
    DOWNLOAD,
    BYE,
    /** Extension {@code status}. */
    STATUS,
    /** Extension {@code move}. */
    MOVE,
    /** Extension {@code move}. */
    COPY;

    /** The operation of this exact name, case included. */
    public static Optional<Operation> named(String name) {
        for (Operation operation : values()) {
            if (operation.name().equals(name)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
