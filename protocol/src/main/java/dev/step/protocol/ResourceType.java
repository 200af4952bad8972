package dev.step.protocol;

import java.util.Optional;

/** What a message is about. The names are the wire's. */
public enum ResourceType {
    FILE,
    DATA,
    AUTH;

    /** The type of this exact name, case included. */
    public static Optional<ResourceType> named(String name) {
        for (ResourceType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
