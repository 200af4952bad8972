package dev.step.protocol.message;

import com.google.gson.JsonObject;
import dev.step.protocol.RefusedException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Points in time as fields: milliseconds since 1970, which may be any long. */
final class Times {
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Times() {}

    static Optional<Instant> read(Fields fields, String name) throws RefusedException {
        OptionalLong millis = fields.optionalNumber(name);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    static void write(JsonObject fields, String name, Optional<Instant> time) {
        if (time.isPresent()) {
            fields.addProperty(name, toMillis(time.get()));
        }
    }

    /** The millisecond that the time is in; the nearest that a long holds for a time that a broken file system made up. */
    static long toMillis(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(LATEST) ? Long.MAX_VALUE : time.toEpochMilli();
    }
}
