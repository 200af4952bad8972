package dev.step.shell.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is measured, how often, and in which order: one figure after the other, each in rounds that have every case of the
 * figure once, in an order of their own. So whatever disturbs the machine for a while disturbs alike what is compared. The
 * first round warms everything up and does not count.
 *
 * @param cases in the order of tables
 * @param repeat how many rounds count
 * @param seed the same seed makes the same order and the same files
 */
public record BenchPlan(List<BenchCase> cases, int repeat, long seed) {
    /**
     * A case has its turn.
     *
     * @param round 0 does not count
     */
    public record Turn(BenchCase what, int round) {
        /** Whether it is only to warm up. */
        public boolean isWarmUp() {
            return round == 0;
        }
    }

    public BenchPlan {
        cases = List.copyOf(cases);
        if (repeat < 1) {
            throw new IllegalArgumentException("something is to be measured at least once");
        }
    }

    /** The cases of these figures. A round trip is always among them: it explains much of the rest. */
    public static BenchPlan of(Set<Figure> figures, Axes axes, int repeat, long seed) {
        SortedSet<BenchCase> cases = new TreeSet<>();
        figures.forEach(figure -> addCases(figure, axes, cases));
        cases.add(request(Action.ASK));
        return new BenchPlan(List.copyOf(cases), repeat, seed);
    }

    private static void addCases(Figure figure, Axes axes, SortedSet<BenchCase> cases) {
        if (figure == Figure.LATENCY) {
            List.of(Action.ASK, Action.SAVE, Action.INFO, Action.PUT).forEach(action -> cases.add(request(action)));
            return;
        }
        for (long size : axes.sizes().isEmpty() ? figure.usualSizes() : axes.sizes()) {
            for (FileKind kind : figure == Figure.FORMATS ? axes.kinds() : List.of(FileKind.BIN)) {
                addCases(figure, axes, new Payload(kind, size), cases);
            }
        }
    }

    private static void addCases(Figure figure, Axes axes, Payload payload, SortedSet<BenchCase> cases) {
        for (Action direction : axes.directions()) {
            for (int connections : figure == Figure.CONNECTIONS ? axes.connections() : List.of(1)) {
                for (int clients : figure == Figure.CLIENTS ? axes.clients() : List.of(1)) {
                    cases.add(new BenchCase(figure, direction, payload, connections, clients));
                }
            }
        }
        if (figure == Figure.SIZES) {
            cases.add(new BenchCase(figure, Action.READ, payload, 1, 1));
        }
    }

    private static BenchCase request(Action action) {
        return new BenchCase(Figure.LATENCY, action, new Payload(FileKind.BIN, 1), 1, 1);
    }

    /** What is done, one after the other. */
    public List<Turn> turns() {
        Random random = new Random(seed);
        List<Turn> turns = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            List<BenchCase> order = new ArrayList<>(
                    cases.stream().filter(what -> what.figure() == figure).toList());
            for (int round = 0; round <= repeat; round++) {
                Collections.shuffle(order, random);
                for (BenchCase what : order) {
                    turns.add(new Turn(what, round));
                }
            }
        }
        return List.copyOf(turns);
    }

    /** How many bytes travel in all, in both directions. */
    public long bytes() {
        return (repeat + 1) * cases.stream().mapToLong(BenchCase::bytes).sum();
    }

    /** How many bytes of files there are here for it, at most. */
    public long localBytes() {
        long kept = cases.stream()
                .map(BenchCase::payload)
                .distinct()
                .mapToLong(Payload::size)
                .sum();
        long fetched = cases.stream()
                .filter(what -> what.action() == Action.GET)
                .mapToLong(BenchCase::bytes)
                .max()
                .orElse(0);
        return kept + fetched;
    }
}
