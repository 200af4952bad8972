package dev.step.shell.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of one figure, in words: for the terminal and for every report.
 *
 * @param header as many words as each row has
 */
public record ResultTable(Figure figure, List<String> header, List<Row> rows) {
    /**
     * One case.
     *
     * @param bar how it compares with the others of its table, in block characters
     */
    public record Row(Result result, List<String> cells, String bar) {}

    private static final int BAR_COLUMNS = 24;
    private static final int MOST_NAMED = 2;
    private static final String NOTHING = "–";

    /** One for each figure that was measured. Other runs add a column each: their medians, and their ratios to this. */
    public static List<ResultTable> of(BenchRecord run, List<BenchRecord> others) {
        List<Result> results = run.results();
        return Arrays.stream(Figure.values())
                .map(figure -> new ResultTable(figure, header(figure, others), rows(figure, results, others)))
                .filter(table -> !table.rows().isEmpty())
                .toList();
    }

    private static List<String> header(Figure figure, List<BenchRecord> others) {
        Stream<String> own = figure == Figure.LATENCY
                ? Stream.of("request", "median", "p90", "p99", "max", "CV", "n")
                : Stream.of("what", figure.axis(), "median", "min–max", "mean", "CV", "outliers", "n", "rate");
        return Stream.concat(own, others.stream().map(other -> other.label() + " (time ratio)"))
                .toList();
    }

    private static List<Row> rows(Figure figure, List<Result> all, List<BenchRecord> others) {
        List<Result> results =
                all.stream().filter(result -> result.what().figure() == figure).toList();
        double longest = results.stream().mapToDouble(ResultTable::barred).max().orElse(0);
        List<Row> rows = new ArrayList<>();
        for (Result result : results) {
            List<String> cells = new ArrayList<>(cells(result));
            others.forEach(other -> cells.add(against(result, other)));
            rows.add(new Row(result, List.copyOf(cells), Bar.of(barred(result), longest, BAR_COLUMNS)));
        }
        return List.copyOf(rows);
    }

    /** What the bars show: how fast, and how long where nothing moves. */
    static double barred(Result result) {
        return result.hasRate() ? result.medianRate() : result.seconds().median();
    }

    private static List<String> cells(Result result) {
        Statistics seconds = result.seconds();
        String variation = seconds.variation().stream()
                .mapToObj(Measure::percent)
                .findFirst()
                .orElse(NOTHING);
        String count = Integer.toString(seconds.count());
        BenchCase what = result.what();
        return what.figure() == Figure.LATENCY
                ? List.of(
                        what.figure().position(what),
                        Measure.time(seconds.median()),
                        Measure.time(seconds.percentile(0.9)),
                        Measure.time(seconds.percentile(0.99)),
                        Measure.time(seconds.max()),
                        variation,
                        count)
                : List.of(
                        what.series(),
                        what.figure().position(what),
                        Measure.time(seconds.median()),
                        range(seconds.min(), seconds.max()),
                        Measure.time(seconds.mean()),
                        variation,
                        outliers(seconds),
                        count,
                        Measure.rate(result.medianRate()));
    }

    /** Many would make a row that nobody reads; each one is in the charts and among the measurements. */
    private static String outliers(Statistics seconds) {
        List<Double> outliers = seconds.outliers();
        if (outliers.isEmpty()) {
            return NOTHING;
        }
        return outliers.size() <= MOST_NAMED
                ? outliers.stream().map(Measure::time).collect(Collectors.joining(", "))
                : outliers.size() + ": " + range(Collections.min(outliers), Collections.max(outliers));
    }

    private static String range(double least, double most) {
        return Measure.time(least) + "–" + Measure.time(most);
    }

    private static String against(Result result, BenchRecord other) {
        Optional<Result> same = other.results().stream()
                .filter(candidate -> candidate.what().equals(result.what()))
                .findFirst();
        return same.map(there -> Measure.time(there.seconds().median()) + " (×"
                        + Measure.digits(
                                there.seconds().median() / result.seconds().median()) + ")")
                .orElse(NOTHING);
    }
}
