package dev.step.shell.bench.report;

import dev.step.shell.bench.Action;
import dev.step.shell.bench.BenchCase;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.BenchRecord.Circumstances;
import dev.step.shell.bench.Figure;
import dev.step.shell.bench.FileKind;
import dev.step.shell.bench.Machine;
import dev.step.shell.bench.MeasuredServer;
import dev.step.shell.bench.Payload;
import dev.step.shell.bench.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs that were never measured. */
public final class SampleRuns {
    private static final int REPEAT = 10;
    private static final long MILLI = 1_000_000;

    private SampleRuns() {}

    /**
     * A run in which each file takes a millisecond for its number, and five in the last round.
     *
     * @param factor everything takes so many times as long
     */
    public static BenchRecord of(String label, long factor) {
        List<Sample> samples = new ArrayList<>();
        long[] sizes = {256 << 10, 1 << 20, 20 << 20};
        for (int i = 0; i < sizes.length; i++) {
            add(samples, new BenchCase(Figure.SIZES, Action.PUT, bin(sizes[i]), 1, 1), factor * (i + 1));
        }
        add(samples, new BenchCase(Figure.CONNECTIONS, Action.PUT, bin(50 << 20), 1, 1), factor * 40);
        add(samples, new BenchCase(Figure.CONNECTIONS, Action.PUT, bin(50 << 20), 2, 1), factor * 30);
        add(samples, new BenchCase(Figure.CONNECTIONS, Action.PUT, bin(50 << 20), 4, 1), factor * 29);
        add(samples, new BenchCase(Figure.CLIENTS, Action.PUT, bin(10 << 20), 1, 1), factor * 10);
        add(samples, new BenchCase(Figure.CLIENTS, Action.PUT, bin(10 << 20), 1, 5), factor * 30);
        add(samples, new BenchCase(Figure.FORMATS, Action.GET, new Payload(FileKind.TXT, 10 << 20), 1, 1), factor * 9);
        add(samples, new BenchCase(Figure.FORMATS, Action.GET, new Payload(FileKind.MP4, 10 << 20), 1, 1), factor * 8);
        add(samples, new BenchCase(Figure.LATENCY, Action.ASK, bin(1), 1, 1), factor);
        add(samples, new BenchCase(Figure.LATENCY, Action.SAVE, bin(1), 1, 1), factor * 4);
        Circumstances circumstances = new Circumstances(
                Instant.parse("2026-01-31T12:00:00Z"),
                new Machine("a processor", 2, "1.0 GiB", "a system", "a shell"),
                new MeasuredServer("127.0.0.1:1379", "a server", List.of()),
                REPEAT,
                1);
        return new BenchRecord(label, circumstances, samples);
    }

    private static Payload bin(long size) {
        return new Payload(FileKind.BIN, size);
    }

    private static void add(List<Sample> samples, BenchCase what, long millis) {
        for (int round = 1; round <= REPEAT; round++) {
            for (int client = 0; client < what.clients(); client++) {
                samples.add(new Sample(what, round, client, (round == REPEAT ? 5 : 1) * millis * MILLI));
            }
        }
    }
}
