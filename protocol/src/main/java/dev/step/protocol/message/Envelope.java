package dev.step.protocol.message;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.step.protocol.Operation;
import dev.step.protocol.RefusedException;
import dev.step.protocol.ResourceType;
import dev.step.protocol.Status;
import java.util.List;
import java.util.Optional;

/**
 * A request whose operation and type are known to exist; its token and its own fields are not looked at yet, so that
 * checks happen in the protocol's order.
 */
public record Envelope(Operation operation, ResourceType type, Fields fields) {
    static final String REQUEST = "REQUEST";
    private static final String EARTH = "EARTH";
    private static final String ERROR = "ERROR";
    private static final String ECHO_MESSAGE = "DO NOT ANSWER! DO NOT ANSWER! DO NOT ANSWER!";
    private static final int LONGEST_ECHO = 64;
    private static final List<String> COMPULSORY = List.of(Field.OPERATION, Field.DIRECTION, Field.TYPE);

    /**
     * Checks the fields that every request has.
     *
     * @throws RefusedException 333, 400, 407, 408, 409, or 410 for a field that is no string
     */
    public static Envelope read(JsonObject object) throws RefusedException {
        if (text(object, Field.DIRECTION).filter(EARTH::equals).isPresent()) {
            throw new RefusedException(Status.ECHO, ECHO_MESSAGE).answeredAs("3BODY", "DANGEROUS");
        }
        for (String name : COMPULSORY) {
            if (!object.has(name)) {
                throw new RefusedException(Status.MALFORMED, "Compulsory field " + name + " is missing.")
                        .answeredAs(ERROR, ERROR);
            }
        }
        String operation = compulsory(object, Field.OPERATION);
        String direction = compulsory(object, Field.DIRECTION);
        String type = compulsory(object, Field.TYPE);
        if (!direction.equals(REQUEST)) {
            throw new RefusedException(Status.WRONG_DIRECTION, "Wrong direction. It has to be \"REQUEST\".")
                    .answeredAs(ERROR, ERROR);
        }
        Optional<Operation> knownOperation = Operation.named(operation);
        if (knownOperation.isEmpty()) {
            throw new RefusedException(Status.NOT_ALLOWED, "Operation " + shown(operation) + " is not allowed.")
                    .answeredAs(shown(operation), shown(type));
        }
        Optional<ResourceType> knownType = ResourceType.named(type);
        if (knownType.isEmpty()) {
            throw new RefusedException(Status.WRONG_TYPE, "Type " + shown(type) + " is not allowed.")
                    .answeredAs(operation, shown(type));
        }
        return new Envelope(knownOperation.get(), knownType.get(), new Fields(object));
    }

    /** The token, if there is one that is a string. */
    public Optional<String> token() {
        return text(fields.object(), Field.TOKEN);
    }

    private static String compulsory(JsonObject object, String name) throws RefusedException {
        return text(object, name)
                .orElseThrow(() -> new RefusedException(Status.BAD_FIELD, "Field \"" + name + "\" has to be a string.")
                        .answeredAs(ERROR, ERROR));
    }

    /** A name that we do not know is echoed, but not one of any length. */
    private static String shown(String name) {
        return name.length() <= LONGEST_ECHO ? name : ERROR;
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
