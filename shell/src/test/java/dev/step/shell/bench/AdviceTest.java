package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.report.SampleRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdviceTest {
    private final List<String> advice = Advice.of(SampleRuns.of("a run", 1));

    @Test
    void connectionsAreAddedAsLongAsTheyMakeItClearlyFaster() {
        String sentence = advice.get(0); // 40, 30, 29 ms on 1, 2, 4
        assertTrue(sentence.contains("--connections 2 is best here"), sentence);
        assertTrue(sentence.contains("4 moved 1.03 times as much as 2"), sentence);
    }

    @Test
    void blockSizeFollowsFromTheRoundTrip() {
        String sentence = advice.get(1); // 20 MiB in 3 ms, 1 ms there and back
        assertTrue(sentence.contains("A round trip takes 1.00 ms"), sentence);
        assertTrue(sentence.contains("6991 MB/s, 6827 KiB are under way"), sentence);
        assertTrue(sentence.contains("gets at most 20.5 MB/s"), sentence);
    }

    @Test
    void syncIsWhatKeepingCostsBeyondFetching() {
        assertTrue(advice.get(2).contains("costs about 3.00 ms"), advice.get(2));
    }

    @Test
    void thereIsNoneAboutWhatWasNotMeasured() {
        BenchRecord run = SampleRuns.of("a run", 1);
        List<Sample> one = run.samples().stream()
                .filter(sample -> sample.what().figure() == Figure.SIZES)
                .toList();
        assertEquals(List.of(), Advice.of(new BenchRecord("a run", run.circumstances(), one)));
    }
}
