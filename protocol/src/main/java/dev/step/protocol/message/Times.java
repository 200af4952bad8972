package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** When a file was last changed, in milliseconds since 1970: extension {@code times}. */
final class Times {
    private Times() {}

    static Optional<Instant> read(Fields fields) throws RefusedException {
        OptionalLong millis = fields.optionalNumber(Field.MODIFIED);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    static void write(JsonObject fields, Optional<Instant> modified) {
        modified.ifPresent(time -> fields.addProperty(Field.MODIFIED, time.toEpochMilli()));
    }
}
