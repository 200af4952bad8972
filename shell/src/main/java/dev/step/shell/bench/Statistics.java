package dev.step.shell.bench;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a number of measurements of the same thing come to. Nothing is left out: an outlier is named, and still counts in
 * every figure here.
 *
 * <p>An outlier lies more than one and a half times the distance between the quartiles below the lower or above the upper
 * one (Tukey's fences), quartiles being interpolated linearly between neighbours. Of fewer than four measurements none is.
 */
public final class Statistics {
    private static final int FEWEST_FOR_OUTLIERS = 4;
    private static final double FENCE = 1.5;

    private final double[] ascending;

    private Statistics(double[] ascending) {
        this.ascending = ascending;
    }

    /** Of at least one measurement. */
    public static Statistics of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("statistics of nothing");
        }
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        return new Statistics(ascending);
    }

    public int count() {
        return ascending.length;
    }

    public double min() {
        return ascending[0];
    }

    public double max() {
        return ascending[ascending.length - 1];
    }

    public double mean() {
        return Arrays.stream(ascending).average().orElseThrow();
    }

    public double median() {
        return quantile(0.5);
    }

    /** The least measured value that at least so many of all, from 0 to 1, do not exceed: the nearest rank. */
    public double percentile(double share) {
        int rank = (int) Math.ceil(share * ascending.length);
        return ascending[Math.max(0, rank - 1)];
    }

    /** The standard deviation of the sample as a part of the mean; empty for a single measurement. */
    public OptionalDouble variation() {
        if (ascending.length < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean();
        double squares = Arrays.stream(ascending)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return OptionalDouble.of(Math.sqrt(squares / (ascending.length - 1)) / mean);
    }

    /** In ascending order. */
    public List<Double> outliers() {
        if (ascending.length < FEWEST_FOR_OUTLIERS) {
            return List.of();
        }
        double lower = quantile(0.25);
        double upper = quantile(0.75);
        double reach = FENCE * (upper - lower);
        return Arrays.stream(ascending)
                .filter(value -> value < lower - reach || value > upper + reach)
                .boxed()
                .toList();
    }

    /** Between the two measurements whose ranks are nearest, by how near they are. */
    private double quantile(double share) {
        double rank = share * (ascending.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (rank - below) * (ascending[above] - ascending[below]);
    }
}
