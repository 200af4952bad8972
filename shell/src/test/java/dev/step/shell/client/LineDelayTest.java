package dev.step.shell.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineDelayTest {
    private final LineDelay line = new LineDelay();

    private void connected(int millis) {
        line.connected(Duration.ofMillis(millis).toNanos());
    }

    private void answered(int millis) {
        line.answered(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void nothingIsKnownBeforeTheFirstAnswer() {
        connected(50);
        assertEquals(Duration.ZERO, line.least());
        assertFalse(line.isLong());
        assertFalse(line.isSurelyLong());
    }

    @Test
    void theQuickestAnswerCounts() {
        answered(50);
        answered(3);
        answered(60);
        assertEquals(Duration.ofMillis(3), line.least());
        assertFalse(line.isLong());
    }

    @Test
    void aLineThatIsLongToConnectAndToAnswerIsSurelyLong() {
        connected(50);
        answered(80);
        assertTrue(line.isLong());
        assertTrue(line.isSurelyLong());
    }

    @Test
    void aServerThatIsSlowAtFirstIsNotFarAway() {
        connected(10);
        answered(80);
        assertTrue(line.isLong());
        assertFalse(line.isSurelyLong());
    }

    @Test
    void behindATunnelThatConnectsAtOnceTheAnswersHaveToBeConfirmed() {
        connected(1);
        answered(50);
        line.confirm();
        assertTrue(line.isSurelyLong());
        answered(1);
        assertFalse(line.isSurelyLong());
    }
}
