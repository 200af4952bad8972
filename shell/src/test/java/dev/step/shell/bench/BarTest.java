package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BarTest {
    @Test
    void aBarHasEightStepsInEachColumn() {
        assertEquals("██████████", Bar.of(5, 5, 10));
        assertEquals("█████", Bar.of(5, 10, 10));
        assertEquals("█████▌", Bar.of(5.5, 10, 10));
        assertEquals("", Bar.of(0, 10, 10));
        assertEquals("▏", Bar.of(1e-6, 10, 10), "little is more than nothing");
        assertEquals("", Bar.of(0, 0, 10));
    }
}
