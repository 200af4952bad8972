package dev.step.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.step.protocol.frame.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What objects begin with: one JSON object in ASCII, and a line's end, behind which anything may follow.
 *
 * @param fields what the object says
 * @param rest what follows
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record JsonLine(JsonObject fields, byte[] rest) {
    private static final byte END = '\n';

    /**
     * Reads an object, or its beginning.
     *
     * @param name of the object, for the admin
     * @throws DamagedObjectException when there is none
     */
    static JsonLine read(String name, byte[] bytes) throws IOException {
        int end = 0;
        while (end < bytes.length && bytes[end] != END) {
            end++;
        }
        Optional<JsonObject> fields = Json.parse(new String(bytes, 0, end, StandardCharsets.US_ASCII));
        if (end == bytes.length || fields.isEmpty()) {
            throw new DamagedObjectException(name, null);
        }
        return new JsonLine(fields.get(), Arrays.copyOfRange(bytes, end + 1, bytes.length));
    }

    static byte[] write(JsonObject fields, byte[] rest) {
        byte[] line = Json.encode(fields);
        byte[] all = Arrays.copyOf(line, line.length + 1 + rest.length);
        all[line.length] = END;
        System.arraycopy(rest, 0, all, line.length + 1, rest.length);
        return all;
    }

    Optional<JsonElement> find(String field) {
        return Optional.ofNullable(fields.get(field)).filter(value -> !value.isJsonNull());
    }

    String text(String field) {
        return find(field)
                .orElseThrow(() -> new IllegalArgumentException("no " + field))
                .getAsString();
    }

    long number(String field) {
        return find(field)
                .orElseThrow(() -> new IllegalArgumentException("no " + field))
                .getAsLong();
    }

    boolean flag(String field) {
        return find(field).isPresent();
    }
}
