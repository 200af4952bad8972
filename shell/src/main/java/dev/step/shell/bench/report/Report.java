package dev.step.shell.bench.report;

import dev.step.shell.bench.BenchRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written.
 *
 * @param run what was just measured
 * @param others what it is compared with
 */
public record Report(BenchRecord run, List<BenchRecord> others) {
    public Report {
        others = List.copyOf(others);
    }

    /** The one that was just measured, and those that it is compared with. */
    List<BenchRecord> all() {
        List<BenchRecord> all = new ArrayList<>(List.of(run));
        all.addAll(others);
        return all;
    }
}
