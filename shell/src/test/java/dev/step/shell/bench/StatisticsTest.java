package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    private static final double EXACT = 1e-12;

    @Test
    void knownSample() {
        Statistics statistics = Statistics.of(9, 2, 4, 5, 4, 7, 4, 5); // in no order
        assertEquals(8, statistics.count());
        assertEquals(2, statistics.min());
        assertEquals(9, statistics.max());
        assertEquals(5, statistics.mean(), EXACT);
        assertEquals(4.5, statistics.median(), EXACT);
        assertEquals(Math.sqrt(32.0 / 7) / 5, statistics.variation().orElseThrow(), EXACT);
    }

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(7, Statistics.of(100, 7, 1).median(), EXACT);
    }

    @Test
    void percentilesAreMeasuredValues() {
        Statistics hundred =
                Statistics.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());
        assertEquals(50, hundred.percentile(0.5));
        assertEquals(90, hundred.percentile(0.9));
        assertEquals(99, hundred.percentile(0.99));
        assertEquals(100, hundred.percentile(1));
        assertEquals(1, hundred.percentile(0));
        assertEquals(3, Statistics.of(1, 2, 3).percentile(0.99));
    }

    @Test
    void outliersLieBeyondTukeysFences() {
        // quartiles 2 and 4, so the fences are -1 and 7
        assertEquals(List.of(100.0), Statistics.of(1, 2, 3, 4, 100).outliers());
        assertEquals(
                List.of(-10.0, 100.0),
                Statistics.of(100, 1, 2, 2, 3, 3, 4, 4, -10).outliers());
        assertEquals(List.of(), Statistics.of(1, 2, 3, 4, 7).outliers());
        assertEquals(List.of(), Statistics.of(5, 5, 5, 5).outliers());
    }

    @Test
    void outliersCountLikeAllOthers() {
        Statistics statistics = Statistics.of(1, 2, 3, 4, 100);
        assertEquals(22, statistics.mean(), EXACT);
        assertEquals(100, statistics.max());
    }

    @Test
    void ofThreeMeasurementsNoneIsAnOutlier() {
        assertEquals(List.of(), Statistics.of(1, 1, 1000).outliers());
    }

    @Test
    void oneMeasurementVariesByNothingKnown() {
        assertTrue(Statistics.of(3).variation().isEmpty());
        assertEquals(3, Statistics.of(3).median());
    }

    @Test
    void ofNothingThereAreNone() {
        assertThrows(IllegalArgumentException.class, Statistics::of);
    }
}
