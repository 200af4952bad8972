package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthTest {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration ANSWER = Duration.ofMillis(50);
    private static final int BYTES_IN_STEP = 100_000;
    private static final long PLENTY = Long.MAX_VALUE;

    private long now;
    private long bytes;

    /** A line that so many connections fill. */
    @ParameterizedTest
    @CsvSource({
        "1,16,1,1",
        "1,16,2,2",
        "1,16,3,4",
        "1,16,100,16",
        "1,3,100,3",
        "1,1,100,1",
        "4,8,4,4",
        "4,8,3,4",
        "4,8,6,8",
        "4,16,100,16"
    })
    void connectionsAreDoubledAsLongAsThatIsWorthIt(int first, int most, int filling, int expected) {
        Growth growth = new Growth(first, most, ANSWER, () -> now);
        growth.begin(PLENTY);
        transfer(growth, filling, 1000);
        assertEquals(expected, growth.wanted());
    }

    /** Moves bytes with as many connections as are wanted; says how many there were at most. */
    private int transfer(Growth growth, int filling, int steps) {
        int most = growth.wanted();
        for (int step = 0; step < steps; step++) {
            now += STEP_NANOS;
            bytes += (long) BYTES_IN_STEP * Math.min(growth.wanted(), filling);
            most = Math.max(most, growth.look(bytes, growth.wanted()));
        }
        return most;
    }

    @Test
    void thoseThatDoNotHelpAreGivenUp() {
        Growth growth = new Growth(4, 8, ANSWER, () -> now);
        growth.begin(PLENTY);
        assertEquals(8, transfer(growth, 4, 1000));
        assertEquals(4, growth.wanted());
    }

    /** A line on which each connection needs 300 ms to come up to its speed. */
    @Test
    void aNewConnectionHasTimeToBecomeFast() {
        Growth growth = new Growth(1, 2, ANSWER, () -> now);
        growth.begin(PLENTY);
        transfer(growth, 1, 100);
        assertEquals(2, growth.wanted());
        now += TimeUnit.MILLISECONDS.toNanos(300);
        bytes += 30 * BYTES_IN_STEP; // what the first one alone moves
        transfer(growth, 2, 1000);
        assertEquals(2, growth.wanted());
    }

    @Test
    void nothingIsDecidedWhileConnectionsAreOpened() {
        Growth growth = new Growth(2, 8, ANSWER, () -> now);
        growth.begin(PLENTY);
        for (int step = 0; step < 1000; step++) {
            now += STEP_NANOS;
            bytes += BYTES_IN_STEP;
            assertEquals(2, growth.look(bytes, 1));
        }
    }

    @Test
    void afterOneWasRefusedThereAreNoMore() {
        Growth growth = new Growth(4, 8, ANSWER, () -> now);
        growth.begin(PLENTY);
        growth.endWith(3);
        transfer(growth, 100, 1000);
        assertEquals(3, growth.wanted());
    }

    @Test
    void evenIfAllOthersAreLostOneIsWanted() {
        Growth growth = new Growth(4, 8, ANSWER, () -> now);
        growth.endWith(0);
        assertEquals(1, growth.wanted());
    }

    @Test
    void whatWasFoundOutHoldsForTheNextFile() {
        Growth growth = new Growth(4, 8, ANSWER, () -> now);
        growth.begin(PLENTY);
        transfer(growth, 100, 1000);
        assertEquals(8, growth.wanted());
        bytes = 0;
        growth.begin(PLENTY);
        assertEquals(8, growth.look(0, 8));
    }

    /** A file that ends while it is measured says nothing about the next one. */
    @Test
    void theNextFileIsMeasuredFromItsBeginning() {
        Growth growth = new Growth(1, 2, ANSWER, () -> now);
        growth.begin(PLENTY);
        transfer(growth, 100, 50);
        bytes = 0;
        growth.begin(PLENTY);
        transfer(growth, 100, 50);
        assertEquals(1, growth.wanted());
        transfer(growth, 100, 1000);
        assertTrue(growth.wanted() > 1);
    }

    /** It takes 700 ms to find out, and ten times as much has to be left. */
    @ParameterizedTest
    @CsvSource({"7600,false", "7800,true"})
    void moreAreTriedOnlyWhereThatCanPay(long millisOnOne, boolean tried) {
        Growth growth = new Growth(1, 2, ANSWER, () -> now);
        growth.begin(millisOnOne / 10 * BYTES_IN_STEP);
        transfer(growth, 100, 75);
        assertEquals(tried ? 2 : 1, growth.wanted());
    }

    @Test
    void whatCouldNotPayForAFileIsTriedWithALargerOne() {
        Growth growth = new Growth(1, 2, ANSWER, () -> now);
        growth.begin(1);
        transfer(growth, 100, 1000);
        assertEquals(1, growth.wanted());
        bytes = 0;
        growth.begin(PLENTY);
        transfer(growth, 100, 1000);
        assertEquals(2, growth.wanted());
    }

    @Test
    void aFixedNumberStays() {
        Growth growth = Growth.fixed(3);
        growth.begin(PLENTY);
        assertEquals(3, growth.look(1 << 30, 3));
    }
}
