package dev.step.shell.bench.report;

import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.BenchRecord.Circumstances;
import java.util.List;

/** What reports say in words. */
final class Wording {
    static final String TITLE = "STEP benchmark";

    /** How to read the numbers. */
    static final List<String> METHOD = List.of(
            "Each figure is measured in rounds, which have each of its cases once, in a shuffled order; one round before"
                    + " them warms up and does not count.",
            "A time is that of the whole command: announcing, moving, hashing here and there, comparing. Removing the file"
                    + " afterwards does not count. MB/s are millions of bytes in a second, of the median time.",
            "CV is the coefficient of variation: the standard deviation as a part of the mean. Outliers lie more than one"
                    + " and a half times the distance of the quartiles outside of these (Tukey's fences); they are shown,"
                    + " and count like all others.",
            "“read and hash” is the client alone: the file is read and hashed as a transfer does it, and no server takes"
                    + " part. A transfer does so while it waits for the network, so the two times do not add up; but none"
                    + " is faster than that.",
            "“connections” are measured over the core protocol, as old clients speak it: blocks of 20 KiB, one request at"
                    + " a time on each.",
            "“clients” are as many sessions that start at the same moment; the time is that of one of them.");

    private Wording() {}

    /** Where, when and how it was measured, in short lines. */
    static List<String> notes(BenchRecord run) {
        Circumstances at = run.circumstances();
        return List.of(
                run.label() + ": " + at.server().software() + " at "
                        + at.server().address() + ", " + at.started() + ", " + at.repeat() + " rounds, seed "
                        + at.seed(),
                at.machine().toString());
    }
}
