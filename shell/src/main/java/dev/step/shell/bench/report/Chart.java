package dev.step.shell.bench.report;

import dev.step.shell.bench.Figure;
import dev.step.shell.bench.Measure;
import java.util.List;
import java.util.Locale;

/**
 * A chart before it is drawn.
 *
 * @param positions what the places on the horizontal axis are called, from left to right
 */
record Chart(Figure figure, Measure measure, String title, List<String> positions, List<Curve> curves) {
    Chart {
        positions = List.copyOf(positions);
        curves = List.copyOf(curves);
    }

    /** How a curve looks. */
    enum Mark {
        CIRCLE,
        TRIANGLE,
        SQUARE,
        /** Not measured here: dashed, and in grey. */
        PUBLISHED
    }

    /** What belongs together, joined by a line. */
    record Curve(String name, Mark mark, List<Dot> dots) {
        Curve {
            dots = List.copyOf(dots);
        }
    }

    /**
     * A number, and the least and the greatest that it came from.
     *
     * @param position an index of the chart's positions
     * @param outliers those of them that lie far off
     */
    record Dot(int position, double value, double low, double high, List<Double> outliers) {
        /** A number that came from nowhere else. */
        static Dot at(int position, double value) {
            return new Dot(position, value, value, value, List.of());
        }

        boolean isRange() {
            return low < high;
        }
    }

    /** What no other chart of a report is called. */
    String name() {
        return figure.userName() + "-" + measure.name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is something between two neighbouring positions, so that a line may lead from one to the other. */
    boolean isOrdered() {
        return figure != Figure.FORMATS && figure != Figure.LATENCY;
    }

    /** Whether a step up the vertical axis multiplies: times that lie far apart can be told from each other so. */
    boolean isLogarithmic() {
        return measure == Measure.TIME;
    }
}
