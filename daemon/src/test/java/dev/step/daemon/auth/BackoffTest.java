package dev.step.daemon.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Backoff.Rule RULE = new Backoff.Rule(3, Duration.ofMinutes(1), Duration.ofSeconds(30));

    private final SetClock clock = new SetClock();
    private final Backoff<String> backoff = new Backoff<>(RULE, clock);

    @Test
    void firstFailuresCostNothing() {
        fail(3);
        assertEquals(Optional.empty(), backoff.wait("eve"));
    }

    @Test
    void waitDoublesWithEachFailureUpToTheLongest() {
        fail(3);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            fail(1);
            assertEquals(Optional.of(Duration.ofSeconds(seconds)), backoff.wait("eve"));
        }
    }

    @Test
    void waitPasses() {
        fail(4);
        clock.advance(Duration.ofMillis(999));
        assertEquals(Optional.of(Duration.ofMillis(1)), backoff.wait("eve"));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.empty(), backoff.wait("eve"));
    }

    @Test
    void failuresAreForgivenWithTime() {
        fail(9);
        clock.advance(Duration.ofMinutes(8));
        fail(2);
        assertEquals(Optional.empty(), backoff.wait("eve"));
        fail(1);
        assertEquals(Optional.of(Duration.ofSeconds(1)), backoff.wait("eve"));
    }

    @Test
    void successForgivesEverything() {
        fail(9);
        backoff.succeeded("eve");
        assertEquals(Optional.empty(), backoff.wait("eve"));
    }

    @Test
    void othersDoNotWait() {
        fail(9);
        assertEquals(Optional.empty(), backoff.wait("alice"));
    }

    @Test
    void onlyTheLast10000WhoFailedAreRemembered() {
        fail(9);
        for (int i = 0; i < 9_999; i++) {
            backoff.failed("other " + i);
        }
        assertEquals(Optional.of(Duration.ofSeconds(30)), backoff.wait("eve"));
        backoff.failed("one more");
        assertEquals(Optional.empty(), backoff.wait("eve"));
    }

    @Test
    void clockThatWasSetBackForgivesNothingAndBlocksNobodyLonger() {
        fail(4);
        clock.advance(Duration.ofHours(-1));
        fail(1);
        assertEquals(Optional.of(Duration.ofSeconds(2)), backoff.wait("eve"));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            backoff.failed("eve");
        }
    }
}
