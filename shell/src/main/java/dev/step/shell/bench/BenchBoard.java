package dev.step.shell.bench;

import dev.step.shell.bench.BenchPlan.Turn;
import dev.step.shell.console.Console;
import dev.step.shell.progress.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes on: on a terminal the bars of the figure that is being measured, redrawn a few times a second;
 * elsewhere a line now and then.
 */
public final class BenchBoard implements BenchListener, AutoCloseable {
    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int LABEL_COLUMNS = 30;
    private static final int VALUE_COLUMNS = 12;
    private static final int WIDEST_BAR = 40;

    private final Console console;
    private final IntSupplier columns;
    private final int repeat;
    private final boolean onTerminal;
    private final Map<BenchCase, List<Double>> seconds = new TreeMap<>();
    private final long start = System.nanoTime();
    private long nextNanos;
    private @Nullable Turn turn;

    /**
     * Starts the clock.
     *
     * @param columns how wide the terminal is now
     * @param repeat how many rounds count
     */
    public BenchBoard(Console console, IntSupplier columns, int repeat) {
        this.console = console;
        this.columns = columns;
        this.repeat = repeat;
        this.onTerminal = console.terminals().error();
        this.nextNanos = onTerminal ? 0 : LOG_NANOS;
    }

    @Override
    public void begin(Turn newTurn) {
        turn = newTurn;
    }

    @Override
    public void measured(Sample sample) {
        seconds.computeIfAbsent(sample.what(), what -> new ArrayList<>()).add(sample.seconds());
    }

    @Override
    public void done(double share) {
        long elapsed = System.nanoTime() - start;
        Turn now = turn;
        if (elapsed < nextNanos || now == null) {
            return;
        }
        nextNanos = elapsed + (onTerminal ? REDRAW_NANOS : LOG_NANOS);
        String head = head(now, share, elapsed);
        if (onTerminal) {
            int width = columns.getAsInt() - 1; // the last column would wrap
            List<String> lines = new ArrayList<>();
            lines.add(cut(head, width));
            bars(now.what().figure(), width).forEach(line -> lines.add(cut(line, width)));
            console.status(lines);
        } else {
            console.notice(head);
        }
    }

    private String head(Turn now, double share, long elapsed) {
        String turn = now.isWarmUp() ? "warming up" : "round " + now.round() + "/" + repeat;
        long left = Duration.ofNanos((long) (elapsed * (1 - share) / share)).toSeconds();
        return "bench " + now.what().figure().userName() + "  " + turn + "  " + Measure.percent(share) + "  "
                + Quantity.remaining(left) + " left";
    }

    /** Of the figure that has its turn. */
    private List<String> bars(Figure figure, int width) {
        List<Result> results = new ArrayList<>();
        seconds.forEach((what, values) -> {
            if (what.figure() == figure) {
                double[] numbers =
                        values.stream().mapToDouble(Double::doubleValue).toArray();
                results.add(new Result(what, Statistics.of(numbers)));
            }
        });
        double largest = results.stream().mapToDouble(ResultTable::barred).max().orElse(0);
        int room = Math.max(1, Math.min(WIDEST_BAR, width - LABEL_COLUMNS - VALUE_COLUMNS));
        return results.stream().map(result -> line(result, largest, room)).toList();
    }

    private static String line(Result result, double largest, int room) {
        String label = result.what().series() + "  " + result.what().figure().position(result.what());
        String value = result.hasRate()
                ? Measure.rate(result.medianRate())
                : Measure.time(result.seconds().median());
        return padded(label, LABEL_COLUMNS)
                + padded(value, VALUE_COLUMNS)
                + Bar.of(ResultTable.barred(result), largest, room);
    }

    private static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(1, columns - text.length()));
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    /** Takes the bars away: the table follows. */
    @Override
    public void close() {
        console.clearStatus();
    }
}
