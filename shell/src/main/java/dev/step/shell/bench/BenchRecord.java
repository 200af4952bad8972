package dev.step.shell.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** The same runs, of which those have numbers behind their labels that would be called like one before them. */
    public static List<BenchRecord> withDistinctLabels(List<BenchRecord> runs) {
        Set<String> taken = new HashSet<>();
        List<BenchRecord> distinct = new ArrayList<>();
        for (BenchRecord run : runs) {
            String label = run.label();
            for (int number = 2; !taken.add(label); number++) {
                label = run.label() + " (" + number + ")";
            }
            distinct.add(new BenchRecord(label, run.circumstances(), run.samples()));
        }
        return distinct;
    }

    public List<Result> results() {
        return Result.of(samples);
    }
}
