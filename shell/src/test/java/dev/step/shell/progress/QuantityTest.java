package dev.step.shell.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void sizesHaveOneDecimalAndNeverFourDigitsBeforeIt() {
        assertEquals("0 B", Quantity.size(0));
        assertEquals("1023 B", Quantity.size(1023));
        assertEquals("1.0 KiB", Quantity.size(1024));
        assertEquals("4.2 KiB", Quantity.size(4301));
        assertEquals("1.0 MiB", Quantity.size((1 << 20) - 1));
        assertEquals("1.0 GiB", Quantity.size(1L << 30));
        assertEquals("8.0 EiB", Quantity.size(Long.MAX_VALUE));
    }

    @Test
    void ratesAreInMillionsOfBytes() {
        assertEquals("0.4 MB/s", Quantity.rate(4301, Duration.ofMillis(10)));
        assertEquals("0.0 MB/s", Quantity.rate(0, Duration.ZERO));
    }

    @Test
    void remainingTimeGrowsHoursWhenItNeedsThem() {
        assertEquals("0:07", Quantity.remaining(7));
        assertEquals("1:02:03", Quantity.remaining(3723));
    }

    @Test
    void theProgressLineNeverIsWiderThanTheTerminal() {
        ProgressLine line =
                new ProgressLine("a rather long name of a file.tar.gz", 1 << 30, 1 << 28, Duration.ofSeconds(2), 1);
        for (int columns = 0; columns < 200; columns++) {
            assertTrue(line.text(columns, 0).length() <= columns);
        }
        assertTrue(line.text(120, 0).contains("[#######-"), line.text(120, 0));
        assertTrue(line.text(120, 0).contains(" 25%  ") || line.text(120, 0).contains(" 25% ["), line.text(120, 0));
        assertTrue(line.text(120, 0).endsWith("256.0 MiB/1.0 GiB  134.2 MB/s  0:06"), line.text(120, 0));
    }

    @Test
    void severalConnectionsAreShown() {
        ProgressLine line = new ProgressLine("f", 1 << 30, 1 << 28, Duration.ofSeconds(2), 4);
        assertEquals("f  25%  256.0 MiB/1.0 GiB  134.2 MB/s  0:06  4 connections", line.words());
        assertTrue(line.text(100, 0).length() <= 100, line.text(100, 0));
    }
}
