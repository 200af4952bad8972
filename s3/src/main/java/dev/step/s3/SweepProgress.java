package dev.step.s3;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The object {@code sweep}: how far the {@link Sweep} is, for all servers.
 *
 * <pre>
 * {"begun":…,"step":…,"by":"1234@host","announced":3,"after":"content/…","once":"…"}
 * </pre>
 *
 * @param begun when the present pass was begun, or the last one
 * @param step when a server has taken a step of it upon itself
 * @param by which one
 * @param announced how many contents were found in this pass that nothing names
 * @param after the last name that was looked at; empty: the pass is complete
 */
record SweepProgress(Instant begun, Instant step, String by, long announced, Optional<String> after) {
    /** From the beginning of a pass to that of the next one. */
    static final Duration EVERY = Duration.ofDays(1);

    /** From one step to the next one. A server that has not done its step by then is taken for gone. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /** Before the first pass. */
    static final SweepProgress NONE = new SweepProgress(Instant.EPOCH, Instant.EPOCH, "", 0, Optional.empty());

    boolean isDue(Instant now) {
        return !(after.isEmpty() ? begun.plus(EVERY) : step.plus(PAUSE)).isAfter(now);
    }

    /** This server does the next step, of the next pass if this one is complete. */
    SweepProgress taken(String server, Instant now) {
        return after.isEmpty()
                ? new SweepProgress(now, now, server, 0, Optional.of(ObjectNames.CONTENT))
                : new SweepProgress(begun, now, server, announced, after);
    }

    /** The step is done. */
    SweepProgress advanced(long more, Optional<String> last) {
        return new SweepProgress(begun, step, by, announced + more, last);
    }

    byte[] encode() {
        JsonObject fields = new JsonObject();
        fields.addProperty("begun", begun.toEpochMilli());
        fields.addProperty("step", step.toEpochMilli());
        fields.addProperty("by", by);
        fields.addProperty("announced", announced);
        after.ifPresent(name -> fields.addProperty("after", name));
        fields.addProperty("once", UUID.randomUUID().toString()); // so that no two servers ever write the same
        return JsonLine.write(fields, new byte[0]);
    }

    static SweepProgress read(String name, byte[] bytes) throws IOException {
        JsonLine line = JsonLine.read(name, bytes);
        try {
            return new SweepProgress(
                    Instant.ofEpochMilli(line.number("begun")),
                    Instant.ofEpochMilli(line.number("step")),
                    line.text("by"),
                    line.number("announced"),
                    line.find("after").map(JsonElement::getAsString));
        } catch (RuntimeException e) { // Gson and the checks of what is read each have their own
            throw new DamagedObjectException(name, e);
        }
    }
}
