package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server's process holds while nobody asks it anything.
 *
 * @param heapBytes what is left on the heap after a collection
 * @param descriptors open files and sockets
 * @param threads those of the JVM itself too
 * @param temporaryFiles what lies among the store's uploads
 * @param storedFiles files in all of the store
 */
record ServerFootprint(long heapBytes, long descriptors, long threads, long temporaryFiles, long storedFiles) {
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    /** Threads that only wait for more to do end after some seconds; connections that were cut are noticed at once. */
    private static final long REST_WITHIN_NANOS = 60_000_000_000L;

    /** Looks when the last connection has gone: sockets are closed, and its thread has ended, soon after the client has. */
    static ServerFootprint atRest(long pid, Path store) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + REST_WITHIN_NANOS;
        while (connectionThreads(pid) > 0 && System.nanoTime() < giveUp) {
            Thread.onSpinWait(); // asking takes the process a while
        }
        long heap = heap(pid);
        return new ServerFootprint(
                heap,
                count(Path.of("/proc", String.valueOf(pid), "fd")),
                threads(pid),
                count(store.resolve("uploads")),
                files(store));
    }

    static ServerFootprint largestOf(List<ServerFootprint> footprints) {
        return new ServerFootprint(
                max(footprints, ServerFootprint::heapBytes),
                max(footprints, ServerFootprint::descriptors),
                max(footprints, ServerFootprint::threads),
                max(footprints, ServerFootprint::temporaryFiles),
                max(footprints, ServerFootprint::storedFiles));
    }

    private static long max(List<ServerFootprint> footprints, ToLongFunction<ServerFootprint> part) {
        return footprints.stream().mapToLong(part).max().orElseThrow();
    }

    private static long connectionThreads(long pid) throws IOException, InterruptedException {
        return jcmd(pid, "Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"connection-"))
                .count();
    }

    /** All objects that live, after a full collection. */
    private static long heap(long pid) throws IOException, InterruptedException {
        return number(TOTAL, jcmd(pid, "GC.class_histogram"));
    }

    private static long threads(long pid) throws IOException {
        return number(THREADS, Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertEquals(true, matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
