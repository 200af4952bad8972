package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Points in time as fields: milliseconds since 1970, which may be any long. */
final class Times {
    private Times() {}

    static Optional<Instant> read(Fields fields, String name) throws RefusedException {
        OptionalLong millis = fields.optionalNumber(name);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    static void write(JsonObject fields, String name, Optional<Instant> time) {
        time.ifPresent(instant -> fields.addProperty(name, toMillis(instant)));
    }

    /** The millisecond that the time is in; the nearest long for a time that a broken file system made up. */
    static long toMillis(Instant time) {
        return FileTime.from(time).toMillis(); // unlike Instant's own, this never fails
    }
}
