package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.BenchPlan.Turn;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class BenchPlanTest {
    private static final Axes PUTS = new Axes(
            List.of(1L << 10, 2L << 10, 3L << 10),
            List.of(1),
            List.of(1, 2),
            List.of(FileKind.TXT),
            List.of(Action.PUT));

    @Test
    void everyRoundHasEveryCaseOfItsFigureOnce() {
        BenchPlan plan = BenchPlan.of(Set.of(Figure.SIZES), PUTS, 4, 7);
        for (int round = 0; round <= 4; round++) {
            List<BenchCase> cases = cases(plan, round);
            assertEquals(6, cases.size(), "three sizes, each sent and read");
            assertEquals(6, Set.copyOf(cases).size());
        }
    }

    @Test
    void roundsHaveOrdersOfTheirOwn() {
        BenchPlan plan = BenchPlan.of(Set.of(Figure.SIZES), PUTS, 4, 7);
        Set<List<BenchCase>> orders =
                List.of(1, 2, 3, 4).stream().map(round -> cases(plan, round)).collect(Collectors.toSet());
        assertTrue(orders.size() > 1, "no shuffling");
    }

    @Test
    void sameSeedMakesTheSameOrder() {
        assertEquals(
                BenchPlan.of(EnumSet.allOf(Figure.class), PUTS, 3, 42).turns(),
                BenchPlan.of(EnumSet.allOf(Figure.class), PUTS, 3, 42).turns());
        assertNotEquals(
                BenchPlan.of(EnumSet.allOf(Figure.class), PUTS, 3, 42).turns(),
                BenchPlan.of(EnumSet.allOf(Figure.class), PUTS, 3, 43).turns());
    }

    @Test
    void countsWhatMovesWithTheWarmUp() {
        BenchPlan plan = BenchPlan.of(Set.of(Figure.CLIENTS), PUTS, 2, 1);
        assertEquals(3 * (1 + 2) * (1 + 2 + 3) << 10, plan.bytes(), "rounds, clients, sizes");
    }

    @Test
    void aRoundTripIsAlwaysMeasured() {
        BenchPlan plan = BenchPlan.of(Set.of(Figure.FORMATS), PUTS, 1, 1);
        assertTrue(plan.cases().stream().anyMatch(what -> what.action() == Action.ASK));
    }

    @Test
    void usualPlanStaysBelowTheUsualLimit() {
        long bytes =
                BenchPlan.of(EnumSet.allOf(Figure.class), Axes.USUAL, 10, 1).bytes();
        assertTrue(bytes < 20L << 30, () -> bytes + " bytes");
    }

    private static List<BenchCase> cases(BenchPlan plan, int round) {
        return plan.turns().stream()
                .filter(turn -> turn.round() == round && turn.what().figure() == Figure.SIZES)
                .map(Turn::what)
                .toList();
    }
}
