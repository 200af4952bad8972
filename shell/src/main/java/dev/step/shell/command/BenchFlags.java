package dev.step.shell.command;

import dev.step.shell.bench.Action;
import dev.step.shell.bench.Axes;
import dev.step.shell.bench.BenchPlan;
import dev.step.shell.bench.ByteSize;
import dev.step.shell.bench.Figure;
import dev.step.shell.bench.FileKind;
import dev.step.shell.bench.Payload;
import dev.step.shell.progress.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be measured, as the user says it. */
final class BenchFlags {
    private static final String ALL = "all";
    private static final long USUAL_MOST_BYTES = 20L << 30;
    private static final String RANGE = "..";
    private static final String COUNT = "[1-9]|1[0-6]";
    private static final String REPEAT = "[1-9][0-9]{0,3}";
    private static final long SMALLEST_FOR_CONNECTIONS = 10 << 20;

    @Parameters(
            arity = "0..*",
            paramLabel = "FIGURE",
            description = "sizes, connections, clients, formats, latency, all")
    private List<String> figures = List.of();

    @Option(names = "--sizes", paramLabel = "LIST", description = "such as 256K,1M,50M")
    private @Nullable String sizes;

    @Option(names = "--connections", paramLabel = "LIST", description = "for one file (default: 1,2,4,8,16)")
    private @Nullable String connections;

    @Option(names = "--clients", paramLabel = "LIST", description = "at once, up to 16 (default: 1..5)")
    private @Nullable String clients;

    @Option(names = "--formats", paramLabel = "LIST", description = "of txt,jpg,pdf,zip,mp4,bin (default: all but bin)")
    private @Nullable String formats;

    @Option(names = "--direction", paramLabel = "LIST", description = "put, get or put,get (default)")
    private @Nullable String directions;

    @Option(names = "--repeat", paramLabel = "N", description = "how often each counts (default: 10)")
    private String repeat = "10";

    @Option(names = "--seed", paramLabel = "N", description = "the same files in the same order again")
    private @Nullable Long seed;

    @Option(names = "--most", paramLabel = "BYTES[K|M|G]", description = "refuse to move more (default: 20G)")
    private @Nullable String most;

    /** Checks everything. */
    BenchPlan plan() throws UsageException {
        Axes usual = Axes.USUAL;
        Axes axes = new Axes(
                sizes == null ? usual.sizes() : list("--sizes", sizes, BenchFlags::size),
                connections == null ? usual.connections() : counts("--connections", connections),
                clients == null ? usual.clients() : counts("--clients", clients),
                formats == null ? usual.kinds() : list("--formats", formats, BenchFlags::kind),
                directions == null ? usual.directions() : list("--direction", directions, BenchFlags::direction));
        if (!repeat.matches(REPEAT)) {
            throw new UsageException("--repeat can be 1…9999, not \"" + repeat + "\"");
        }
        Set<Figure> chosen = chosen();
        check(chosen, axes.sizes());
        long known = seed == null ? System.nanoTime() & Integer.MAX_VALUE : seed;
        BenchPlan plan = BenchPlan.of(chosen, axes, Integer.parseInt(repeat), known);
        checkBytes(plan);
        return plan;
    }

    private void checkBytes(BenchPlan plan) throws UsageException {
        long limit = most == null ? USUAL_MOST_BYTES : size(most);
        if (plan.bytes() > limit) {
            throw new UsageException("this would move " + Quantity.size(plan.bytes()) + ", more than "
                    + Quantity.size(limit) + "; measure less, or say --most "
                    + (plan.bytes() / (1 << 30) + 1) + "G");
        }
    }

    private Set<Figure> chosen() throws UsageException {
        Set<Figure> chosen = EnumSet.noneOf(Figure.class);
        for (String name : figures) {
            if (name.equals(ALL)) {
                chosen.addAll(EnumSet.allOf(Figure.class));
            } else {
                chosen.add(Figure.find(name)
                        .orElseThrow(() -> new UsageException("there is no figure \"" + name
                                + "\"; there are sizes, connections, clients, formats, latency and all")));
            }
        }
        return chosen.isEmpty() ? implied() : chosen;
    }

    private Set<Figure> implied() {
        Set<Figure> implied = EnumSet.noneOf(Figure.class);
        if (connections != null) {
            implied.add(Figure.CONNECTIONS);
        }
        if (clients != null) {
            implied.add(Figure.CLIENTS);
        }
        if (formats != null) {
            implied.add(Figure.FORMATS);
        }
        if (implied.isEmpty()) {
            implied.add(Figure.SIZES);
        }
        return implied;
    }

    private static void check(Set<Figure> figures, List<Long> sizes) throws UsageException {
        if (figures.contains(Figure.CONNECTIONS) && sizes.stream().anyMatch(size -> size < SMALLEST_FOR_CONNECTIONS)) {
            throw new UsageException("a file below 10 MiB travels on one connection; name --sizes from 10M on");
        }
        if (figures.contains(Figure.FORMATS) && sizes.stream().anyMatch(size -> size < Payload.SMALLEST_WITH_HEADER)) {
            throw new UsageException("a file with a header has 1 KiB at least; name --sizes from 1K on");
        }
    }

    private interface Reader<T> {
        T read(String word) throws UsageException;
    }

    private static <T> List<T> list(String option, String words, Reader<T> reader) throws UsageException {
        List<T> list = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            try {
                list.add(reader.read(word));
            } catch (UsageException e) {
                throw new UsageException(option + ": " + e.getMessage());
            }
        }
        return list.stream().distinct().toList();
    }

    /** Numbers, and ranges of them such as {@code 1..5}. */
    private static List<Integer> counts(String option, String words) throws UsageException {
        List<IntStream> ranges = list(option, words, word -> {
            int dots = word.indexOf(RANGE);
            int first = count(dots < 0 ? word : word.substring(0, dots));
            int last = dots < 0 ? first : count(word.substring(dots + RANGE.length()));
            if (last < first) {
                throw noCount(word);
            }
            return IntStream.rangeClosed(first, last);
        });
        return ranges.stream().flatMap(IntStream::boxed).distinct().toList();
    }

    private static long size(String word) throws UsageException {
        OptionalLong size = ByteSize.parse(word);
        return size.orElseThrow(() -> new UsageException("\"" + word + "\" is no size; say 256K, 5M or 1G"));
    }

    private static int count(String word) throws UsageException {
        if (!word.matches(COUNT)) {
            throw noCount(word);
        }
        return Integer.parseInt(word);
    }

    private static UsageException noCount(String word) {
        return new UsageException("\"" + word + "\" is no number from 1 to 16");
    }

    private static FileKind kind(String word) throws UsageException {
        return Arrays.stream(FileKind.values())
                .filter(kind -> kind.userName().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("\"" + word + "\" is none of txt,jpg,pdf,zip,mp4,bin"));
    }

    private static Action direction(String word) throws UsageException {
        return switch (word) {
            case "put" -> Action.PUT;
            case "get" -> Action.GET;
            default -> throw new UsageException("\"" + word + "\" is neither put nor get");
        };
    }
}
