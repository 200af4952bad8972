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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;

/** What is to be measured, as the user says it. */
final class BenchFlags implements Argument {
    private static final String ALL = "all";
    private static final long USUAL_MOST_BYTES = 20L << 30;
    private static final String RANGE = "..";
    private static final String COUNT = "[1-9]|1[0-6]";
    private static final String REPEAT = "[1-9][0-9]{0,3}";
    private static final String USUAL_REPEAT = "10";
    private static final long SMALLEST_FOR_CONNECTIONS = 10 << 20;

    private final Several<String> figures =
            Several.operands(String.class, Several.ANY, "FIGURE", "sizes, connections, clients, formats, latency, all");

    private final Single<String> sizes = list("--sizes", "such as 256K,1M,50M");

    private final Single<String> connections = list("--connections", "for one file (default: 1,2,4,8,16)");

    private final Single<String> clients = list("--clients", "at once, up to 16 (default: 1..5)");

    private final Single<String> formats = list("--formats", "of txt,jpg,pdf,zip,mp4,bin (default: all but bin)");

    private final Single<String> directions = list("--direction", "put, get or put,get (default)");

    private final Single<String> repeat =
            Single.option(String.class, "--repeat", "N", "how often each counts (default: " + USUAL_REPEAT + ")");

    private final Single<Long> seed =
            Single.option(Long.class, "--seed", "N", "the same files in the same order again");

    private final Single<String> most =
            Single.option(String.class, "--most", "BYTES[K|M|G]", "refuse to move more (default: 20G)");

    private static Single<String> list(String name, String description) {
        return Single.option(String.class, name, "LIST", description);
    }

    @Override
    public void addTo(CommandSpec spec) {
        Argument.addAll(spec, figures, sizes, connections, clients, formats, directions, repeat, seed, most);
    }

    /** Checks everything. */
    BenchPlan plan() throws UsageException {
        Axes usual = Axes.USUAL;
        Axes axes = new Axes(
                read("--sizes", sizes, usual.sizes(), BenchFlags::size),
                counts("--connections", connections, usual.connections()),
                counts("--clients", clients, usual.clients()),
                read("--formats", formats, usual.kinds(), BenchFlags::kind),
                read("--direction", directions, usual.directions(), BenchFlags::direction));
        String times = repeat.value().orElse(USUAL_REPEAT);
        if (!times.matches(REPEAT)) {
            throw new UsageException("--repeat can be 1…9999, not \"" + times + "\"");
        }
        Set<Figure> chosen = chosen();
        check(chosen, axes.sizes());
        long known = seed.value().orElseGet(() -> System.nanoTime() & Integer.MAX_VALUE);
        BenchPlan plan = BenchPlan.of(chosen, axes, Integer.parseInt(times), known);
        checkBytes(plan);
        return plan;
    }

    private void checkBytes(BenchPlan plan) throws UsageException {
        long limit = most.value().isPresent() ? size(most.value().get()) : USUAL_MOST_BYTES;
        if (plan.bytes() > limit) {
            throw new UsageException("this would move " + Quantity.size(plan.bytes()) + ", more than "
                    + Quantity.size(limit) + "; measure less, or say --most "
                    + (plan.bytes() / (1 << 30) + 1) + "G");
        }
    }

    private Set<Figure> chosen() throws UsageException {
        Set<Figure> chosen = EnumSet.noneOf(Figure.class);
        for (String name : figures.values()) {
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
        if (connections.value().isPresent()) {
            implied.add(Figure.CONNECTIONS);
        }
        if (clients.value().isPresent()) {
            implied.add(Figure.CLIENTS);
        }
        if (formats.value().isPresent()) {
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

    private static <T> List<T> read(String name, Single<String> option, List<T> usual, Reader<T> reader)
            throws UsageException {
        Optional<String> words = option.value();
        return words.isPresent() ? read(name, words.get(), reader) : usual;
    }

    private static <T> List<T> read(String option, String words, Reader<T> reader) throws UsageException {
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
    private static List<Integer> counts(String name, Single<String> option, List<Integer> usual) throws UsageException {
        Optional<String> words = option.value();
        if (words.isEmpty()) {
            return usual;
        }
        List<IntStream> ranges = read(name, words.get(), word -> {
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
