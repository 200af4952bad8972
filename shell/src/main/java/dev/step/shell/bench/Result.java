package dev.step.shell.bench;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the samples of one case come to.
 *
 * @param seconds how long it took: with several clients, each of them
 */
public record Result(BenchCase what, Statistics seconds) {
    private static final double BYTES_IN_MEGABYTE = 1e6;

    /** One for each case that has samples, in the order of tables. */
    public static List<Result> of(Collection<Sample> samples) {
        SortedMap<BenchCase, double[]> seconds = new TreeMap<>();
        samples.stream()
                .map(Sample::what)
                .distinct()
                .forEach(what -> seconds.put(what, numbers(samples, what, Sample::seconds)));
        return seconds.entrySet().stream()
                .map(entry -> new Result(entry.getKey(), Statistics.of(entry.getValue())))
                .toList();
    }

    private static double[] numbers(Collection<Sample> samples, BenchCase what, ToDoubleFunction<Sample> number) {
        return samples.stream()
                .filter(sample -> sample.what().equals(what))
                .mapToDouble(number)
                .toArray();
    }

    /** Whether a rate means something. */
    public boolean hasRate() {
        return what.figure() != Figure.LATENCY;
    }

    /** What one client moves (or reads) in a second, in millions of bytes, if it takes so long. */
    public double rate(double ofSeconds) {
        return what.payload().size() / ofSeconds / BYTES_IN_MEGABYTE;
    }

    /** The rate of the usual case: of the median time. */
    public double medianRate() {
        return rate(seconds.median());
    }
}
