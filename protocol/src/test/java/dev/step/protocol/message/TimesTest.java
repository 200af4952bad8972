package dev.step.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.step.protocol.Refused;
import dev.step.protocol.RefusedException;
import dev.step.protocol.Seeded;
import dev.step.protocol.Status;
import dev.step.protocol.frame.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 1_700_000_000_123L, Long.MAX_VALUE})
    void anyMillisecondsOfALongComeBack(long millis) throws RefusedException {
        assertEquals(Optional.of(Instant.ofEpochMilli(millis)), read(Long.toString(millis)));
        assertEquals(millis, written(Instant.ofEpochMilli(millis)));
    }

    @Test
    void randomMillisecondsComeBack() throws RefusedException {
        Random random = Seeded.random();
        for (int round = 0; round < 10_000; round++) {
            long millis = random.nextLong();
            Instant time = read(Long.toString(millis)).orElseThrow();
            assertEquals(millis, written(time));
        }
    }

    @Test
    void millisecondsBeyondALongAreTheNearestLong() throws RefusedException {
        assertEquals(Optional.of(Instant.ofEpochMilli(Long.MAX_VALUE)), read("9".repeat(1_000)));
        assertEquals(Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)), read("-" + "9".repeat(1_000)));
    }

    @Test
    void instantThatNoLongHoldsIsWrittenAsTheNearest() {
        assertEquals(Long.MAX_VALUE, written(Instant.MAX));
        assertEquals(
                Long.MAX_VALUE, written(Instant.ofEpochMilli(Long.MAX_VALUE).plusMillis(1)));
        assertEquals(Long.MIN_VALUE, written(Instant.MIN));
        assertEquals(
                Long.MIN_VALUE, written(Instant.ofEpochMilli(Long.MIN_VALUE).minusMillis(1)));
    }

    @Test
    void timeBetweenTwoMillisecondsIsWrittenAsTheEarlier() {
        assertEquals(0, written(Instant.ofEpochSecond(0, 999_999)));
        assertEquals(-1, written(Instant.ofEpochSecond(0, -1)));
    }

    @Test
    void noTimeIsNotWritten() throws RefusedException {
        JsonObject fields = new JsonObject();
        Times.write(fields, Field.MODIFIED, Optional.empty());
        assertEquals(0, fields.size());
        assertEquals(Optional.empty(), Times.read(new Fields(fields), Field.MODIFIED));
        assertEquals(Optional.empty(), read("null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "1.5", "1e3", "1e999999999", "true", "[]", "{}"})
    void fieldThatIsNoTimeIsRefusedWith410(String json) {
        Refused.with(Status.BAD_FIELD, () -> read(json));
    }

    private static Optional<Instant> read(String json) throws RefusedException {
        return Times.read(new Fields(Json.parse("{\"modified\":" + json + "}").orElseThrow()), Field.MODIFIED);
    }

    private static long written(Instant time) {
        JsonObject fields = new JsonObject();
        Times.write(fields, Field.MODIFIED, Optional.of(time));
        return fields.get("modified").getAsLong();
    }
}
