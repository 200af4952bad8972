package dev.step.shell.bench;

import java.time.Instant;
import java.util.List;

/**
 * A run that is over: what was measured, and under which circumstances.
 *
 * @param label what it is called where it is compared with others
 */
public record BenchRecord(String label, Circumstances circumstances, List<Sample> samples) {
    public BenchRecord {
        samples = List.copyOf(samples);
    }

    /**
     * Where, when and how it was measured.
     *
     * @param repeat how many rounds counted
     */
    public record Circumstances(Instant started, Machine machine, MeasuredServer server, int repeat, long seed) {}

    public List<Result> results() {
        return Result.of(samples);
    }
}
