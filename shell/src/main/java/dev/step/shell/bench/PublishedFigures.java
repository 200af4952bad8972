package dev.step.shell.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the protocol's published reports measured, for orientation: on other hardware, with other programs. Their megabytes
 * and kilobytes are taken for the sizes that are measured here.
 */
public final class PublishedFigures {
    private static final String FIRST = "published, other hardware: one connection";
    private static final String THREADS = "published, other hardware: threads, 50 MB";
    private static final String LINK = "published, other hardware: a virtual machine's link";
    private static final String CLIENTS = "published, other hardware: put";

    private static final List<Series> ALL = List.of(
            new Series(Figure.SIZES, Measure.RATE, FIRST, Map.of("20 MiB", 106.0)),
            new Series(
                    Figure.SIZES,
                    Measure.RATE,
                    LINK,
                    Map.of("1 MiB", 1 / 0.451, "10 MiB", 10 / 2.573, "20 MiB", 20 / 5.113)),
            new Series(Figure.SIZES, Measure.TIME, LINK, Map.of("1 MiB", 451.0, "10 MiB", 2_573.0, "20 MiB", 5_113.0)),
            new Series(Figure.SIZES, Measure.VARIATION, FIRST, Map.of("256 KiB", 61.0)),
            new Series(Figure.CONNECTIONS, Measure.RATE, THREADS, Map.of("16", 173.0)),
            new Series(Figure.CONNECTIONS, Measure.SPEED_UP, THREADS, Map.of("1", 1.0, "2", 1.35)),
            new Series(Figure.CLIENTS, Measure.RELATIVE_TIME, CLIENTS, Map.of("1", 1.0, "5", 1.4)),
            formats("least", 2_473),
            formats("most", 2_756));

    /**
     * A line, or a point, of a chart.
     *
     * @param points in the unit of the measure, by position on the figure's axis
     */
    public record Series(Figure figure, Measure measure, String label, Map<String, Double> points) {}

    private PublishedFigures() {}

    /** What belongs into this chart. */
    public static List<Series> of(Figure figure, Measure measure) {
        return ALL.stream()
                .filter(series -> series.figure() == figure && series.measure() == measure)
                .toList();
    }

    /** The same in words, with what cannot be drawn. */
    public static String words(Figure figure) {
        return switch (figure) {
            case SIZES ->
                "Published, on other hardware: a single connection was fastest at 20 MB, with 106 MB/s, and slower with"
                        + " larger files; at 256 KB its coefficient of variation was 61 %. Over a virtual machine's link"
                        + " 1 MB took 451 ms, 10 MB 2,573 ms and 20 MB 5,113 ms (2.2 to 4.0 MB/s).";
            case CONNECTIONS ->
                "Published, on other hardware: with a file of 50 MB a second thread brought 35 % more throughput, and"
                        + " 16 threads came to 173 MB/s. Several threads paid above 10 MB only.";
            case CLIENTS ->
                "Published, on other hardware: with five clients at once each one waited 40 % longer than one alone.";
            case FORMATS ->
                "Published, on other hardware: files of 10 MB took 2,473 to 2,756 ms, whatever their format.";
            case LATENCY -> "";
        };
    }

    private static Series formats(String which, double millis) {
        Map<String, Double> points =
                Axes.USUAL.kinds().stream().collect(Collectors.toMap(FileKind::userName, kind -> millis));
        return new Series(Figure.FORMATS, Measure.TIME, "published, other hardware: the " + which, points);
    }
}
