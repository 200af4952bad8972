package dev.step.shell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a client ran on.
 *
 * @param processor its model, as far as the system tells
 * @param memory such as {@code 7.8 GiB}; empty when the system does not tell
 * @param software this program and its Java
 */
public record Machine(String processor, int processors, String memory, String system, String software) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern MODEL = Pattern.compile("model name\\s*:\\s*(.+)");
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s*([0-9]+) kB");
    private static final double KIB_IN_GIB = 1 << 20;

    /** The one this runs on. */
    public static Machine here() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return new Machine(
                first(PROCESSORS, MODEL).orElseGet(() -> System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                first(MEMORY, TOTAL).map(Machine::gibibytes).orElse(""),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "step-shell " + (version == null ? "(development build)" : version) + ", Java "
                        + System.getProperty("java.version"));
    }

    private static String gibibytes(String kibibytes) {
        return String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kibibytes) / KIB_IN_GIB);
    }

    /** What the first line that matches says. */
    private static Optional<String> first(Path file, Pattern pattern) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // not Linux
        }
    }

    /** In one line. */
    @Override
    public String toString() {
        return processor + ", " + processors + (processors == 1 ? " processor" : " processors")
                + (memory.isEmpty() ? "" : ", " + memory) + "; " + system + "; " + software;
    }
}
