package dev.step.protocol;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused: the answer carries the status and the words, and the conversation goes on.
 *
 * <p>The answer echoes the request's operation and type, unless {@link #answeredAs} says otherwise.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Status status;
    private final transient JsonObject details = new JsonObject();
    private @Nullable String operationName;
    private @Nullable String typeName;

    /** A refusal with a sentence for the user of the other end. */
    public RefusedException(Status status, String message) {
        super(message, null, false, false); // no stack trace: this is an answer, not a fault
        this.status = status;
    }

    public Status status() {
        return status;
    }

    /** Further fields of the answer, such as the space that is available. */
    public JsonObject details() {
        return details;
    }

    /** Adds a number to the answer's fields. */
    public RefusedException with(String field, long value) {
        details.addProperty(field, value);
        return this;
    }

    /** Sets the operation and the type that the answer shows instead of the request's; null leaves one as it is. */
    public RefusedException answeredAs(@Nullable String operation, @Nullable String type) {
        this.operationName = operation;
        this.typeName = type;
        return this;
    }

    public @Nullable String operationName() {
        return operationName;
    }

    public @Nullable String typeName() {
        return typeName;
    }
}
