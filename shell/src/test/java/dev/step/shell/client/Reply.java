package dev.step.shell.client;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.function.UnaryOperator;

/**
 * An answer of {@link FakeServer}.
 *
 * @param closes whether the connection ends after it
 */
public record Reply(JsonObject fields, byte[] binary, boolean closes) {
    static final Reply HANG = null;
    static final Reply CLOSE = new Reply(null, new byte[0], true);

    /** The answer to this request, with this status and nothing else. */
    public static Reply to(JsonObject request, int status, String message) {
        JsonObject fields = new JsonObject();
        fields.add("operation", request.get("operation"));
        fields.add("type", request.get("type"));
        fields.addProperty("direction", "RESPONSE");
        fields.addProperty("status", status);
        fields.addProperty("status_msg", message);
        return new Reply(fields, new byte[0], false);
    }

    Reply with(UnaryOperator<JsonObject> change) {
        return new Reply(change.apply(fields.deepCopy()), binary, closes);
    }

    public Reply with(String field, Object value) {
        return with(object -> {
            object.add(field, new Gson().toJsonTree(value));
            return object;
        });
    }

    public Reply without(String field) {
        return with(object -> {
            object.remove(field);
            return object;
        });
    }

    Reply withBinary(byte[] other) {
        return new Reply(fields, other, closes);
    }

    public Reply thenClose() {
        return new Reply(fields, binary, true);
    }
}
