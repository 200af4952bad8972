package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Status;
import java.util.Optional;

/**
 * A response as it is on the wire. Do not match its operation on errors: some old servers answer with another.
 *
 * @param code the status, which may be one the protocol does not know
 * @param message words for people
 * @param fields everything, for {@link Answer} records to read themselves from
 */
public record Response(int code, String message, Fields fields) {
    private static final String RESPONSE = "RESPONSE";

    /** Reads what every response has. */
    public static Response read(JsonObject object) throws RefusedException {
        Fields fields = new Fields(object);
        return new Response(
                fields.smallNumber(Field.STATUS),
                fields.optionalText(Field.STATUS_MESSAGE).orElse(""),
                fields);
    }

    public boolean isOk() {
        return code == Status.OK.code();
    }

    /** The status, unless it is none of the protocol's. */
    public Optional<Status> status() {
        return Status.of(code);
    }

    /** Writes the response to a request that was carried out. */
    public static JsonObject granted(Request request, String message, Answer answer) {
        JsonObject object = new JsonObject();
        answer.writeTo(object);
        return complete(object, request.operation().name(), request.type().name(), Status.OK, message);
    }

    /**
     * Writes the response to a request that was refused.
     *
     * @param operation what the request called itself
     * @param type what the request called itself
     * @param extended whether the other end knows the extensions' statuses
     */
    public static JsonObject refused(String operation, String type, RefusedException refusal, boolean extended) {
        JsonObject object = refusal.details().deepCopy();
        String shownOperation = refusal.operationName() == null ? operation : refusal.operationName();
        String shownType = refusal.typeName() == null ? type : refusal.typeName();
        Status status = extended ? refusal.status() : refusal.status().forOldPeers();
        return complete(object, shownOperation, shownType, status, String.valueOf(refusal.getMessage()));
    }

    private static JsonObject complete(
            JsonObject object, String operation, String type, Status status, String message) {
        object.addProperty(Field.OPERATION, operation);
        object.addProperty(Field.DIRECTION, RESPONSE);
        object.addProperty(Field.TYPE, type);
        object.addProperty(Field.STATUS, status.code());
        object.addProperty(Field.STATUS_MESSAGE, message);
        return object;
    }
}
