package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthTest {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int BYTES_IN_STEP = 100_000;

    private long now = -STEP_NANOS;

    /** A line that so many connections fill. The first one that does not bring a tenth is the last one; a twelfth cannot. */
    @ParameterizedTest
    @CsvSource({"16,4,5", "16,1,2", "16,100,11", "3,100,3", "1,100,1", "16,0,1"})
    void connectionsAreAddedAsLongAsTheLastOneWasWorthIt(int most, int filling, int expected) {
        Growth growth = new Growth(most, () -> now);
        int connections = 1;
        long bytes = 0;
        for (int step = 0; step < 1000; step++) {
            now += STEP_NANOS;
            bytes += (long) BYTES_IN_STEP * Math.min(connections, filling);
            connections += growth.wantsMore(bytes) ? 1 : 0;
        }
        assertEquals(expected, connections);
    }
}
