package dev.step.shell.bench.report;

import dev.step.shell.bench.Action;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.Figure;
import dev.step.shell.bench.Measure;
import dev.step.shell.bench.PublishedFigures;
import dev.step.shell.bench.Result;
import dev.step.shell.bench.report.Chart.Curve;
import dev.step.shell.bench.report.Chart.Dot;
import dev.step.shell.bench.report.Chart.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The charts of a report. */
final class Charts {
    private static final double MILLIS = 1e3;
    private static final double PERCENT = 100;

    private final Report report;
    private final List<Chart> charts = new ArrayList<>();

    private Charts(Report report) {
        this.report = report;
    }

    static List<Chart> of(Report report) {
        Charts charts = new Charts(report);
        charts.add(Figure.SIZES, Measure.RATE, "Throughput by file size");
        charts.add(Figure.SIZES, Measure.TIME, "Time by file size");
        charts.add(Figure.SIZES, Measure.VARIATION, "How much the time varies");
        charts.add(Figure.CONNECTIONS, Measure.RATE, "Throughput by connections, core protocol");
        charts.add(Figure.CONNECTIONS, Measure.SPEED_UP, "What more connections bring");
        charts.add(Figure.CLIENTS, Measure.TIME, "Time of each of several clients at once");
        charts.add(Figure.CLIENTS, Measure.RELATIVE_TIME, "How much longer than alone");
        charts.add(Figure.FORMATS, Measure.TIME, "Time by format");
        charts.addLatency();
        return List.copyOf(charts.charts);
    }

    private void add(Figure figure, Measure measure, String title) {
        List<String> positions = positions(figure);
        if (positions.size() < 2) {
            return; // there is nothing to compare
        }
        List<Curve> curves = new ArrayList<>();
        for (BenchRecord run : report.all()) {
            Map<String, List<Result>> series = resultsOf(run, figure).stream()
                    .filter(result -> result.what().action().movesFiles())
                    .collect(Collectors.groupingBy(
                            result -> result.what().series(), LinkedHashMap::new, Collectors.toList()));
            series.forEach((name, results) -> curves.add(curve(prefix(run) + name, measure, positions, results)));
        }
        if (measure == Measure.RATE) {
            addClientAlone(figure, positions, curves);
        }
        PublishedFigures.of(figure, measure).forEach(series -> addPublished(series, positions, curves));
        charts.add(new Chart(figure, measure, title, positions, curves));
    }

    /** What no transfer of the run that was just measured can be faster than. */
    private void addClientAlone(Figure figure, List<String> positions, List<Curve> curves) {
        List<Result> results = resultsOf(report.run(), figure).stream()
                .filter(result -> result.what().action() == Action.READ)
                .toList();
        if (!results.isEmpty()) {
            String name = prefix(report.run()) + "the client alone: " + Action.READ.userName();
            curves.add(curve(name, Measure.RATE, positions, results));
        }
    }

    private List<String> positions(Figure figure) {
        return resultsOf(report.run(), figure).stream()
                .map(result -> figure.position(result.what()))
                .distinct()
                .toList();
    }

    private static List<Result> resultsOf(BenchRecord run, Figure figure) {
        return run.results().stream()
                .filter(result -> result.what().figure() == figure)
                .toList();
    }

    private String prefix(BenchRecord run) {
        return report.others().isEmpty() ? "" : run.label() + ": ";
    }

    private static Curve curve(String name, Measure measure, List<String> positions, List<Result> results) {
        List<Dot> dots = results.stream()
                .filter(result -> measure != Measure.VARIATION
                        || result.seconds().variation().isPresent())
                .map(result -> dot(result, measure, positions, results.get(0)))
                .filter(dot -> dot.position() >= 0)
                .toList();
        return new Curve(name, mark(results.get(0).what().action()), dots);
    }

    private static Mark mark(Action action) {
        return switch (action) {
            case PUT -> Mark.CIRCLE;
            case GET -> Mark.TRIANGLE;
            case READ, ASK, SAVE, INFO -> Mark.SQUARE;
        };
    }

    private static Dot dot(Result result, Measure measure, List<String> positions, Result first) {
        int position = positions.indexOf(result.what().figure().position(result.what()));
        var seconds = result.seconds();
        double median = seconds.median();
        return switch (measure) {
            case RATE ->
                new Dot(
                        position,
                        result.medianRate(),
                        result.rate(seconds.max()),
                        result.rate(seconds.min()),
                        seconds.outliers().stream().map(result::rate).toList());
            case TIME ->
                new Dot(
                        position,
                        median * MILLIS,
                        seconds.min() * MILLIS,
                        seconds.max() * MILLIS,
                        seconds.outliers().stream()
                                .map(outlier -> outlier * MILLIS)
                                .toList());
            case VARIATION -> Dot.at(position, seconds.variation().orElseThrow() * PERCENT);
            case RELATIVE_TIME -> Dot.at(position, median / first.seconds().median());
            case SPEED_UP -> Dot.at(position, first.seconds().median() / median);
        };
    }

    private static void addPublished(PublishedFigures.Series series, List<String> positions, List<Curve> curves) {
        List<Dot> dots = positions.stream()
                .filter(series.points()::containsKey)
                .map(position ->
                        Dot.at(positions.indexOf(position), series.points().getOrDefault(position, 0.0)))
                .toList();
        if (!dots.isEmpty()) {
            curves.add(new Curve(series.label(), Mark.PUBLISHED, dots));
        }
    }

    /** Requests side by side; a curve for each percentile would hide the runs, so these are ranges. */
    private void addLatency() {
        List<String> positions = positions(Figure.LATENCY);
        if (positions.size() < 2) {
            return;
        }
        List<Curve> curves = new ArrayList<>();
        for (BenchRecord run : report.all()) {
            List<Result> results = resultsOf(run, Figure.LATENCY);
            curves.add(percentiles(prefix(run) + "median, up to p99", results, positions));
            curves.add(greatest(prefix(run) + "maximum", results, positions));
        }
        charts.add(new Chart(Figure.LATENCY, Measure.TIME, "Small requests", positions, curves));
    }

    private static Curve percentiles(String name, List<Result> results, List<String> positions) {
        List<Dot> dots = new ArrayList<>();
        for (Result result : results) {
            double median = result.seconds().median() * MILLIS;
            dots.add(new Dot(
                    positions.indexOf(Figure.LATENCY.position(result.what())),
                    median,
                    result.seconds().min() * MILLIS,
                    result.seconds().percentile(0.99) * MILLIS,
                    List.of()));
        }
        return new Curve(name, Mark.CIRCLE, dots);
    }

    private static Curve greatest(String name, List<Result> results, List<String> positions) {
        List<Dot> dots = results.stream()
                .map(result -> Dot.at(
                        positions.indexOf(Figure.LATENCY.position(result.what())),
                        result.seconds().max() * MILLIS))
                .toList();
        return new Curve(name, Mark.TRIANGLE, dots);
    }
}
