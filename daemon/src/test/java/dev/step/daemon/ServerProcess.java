package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real {@code bin/step-server} as a process, on the JVM that runs the test. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(".*Server is ready on (\\d+\\.\\d+\\.\\d+\\.\\d+):(\\d+)");
    /** Most of these servers live for a second: what starts sooner is better than what runs faster. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

    private static final long STOPS_WITHIN_SECONDS = 5;
    private static final long REFUSES_WITHIN_SECONDS = 60;

    private final Process process;
    private final BufferedReader errors;

    /** What a run that came to nothing has said. */
    record Refusal(int status, List<String> lines) {}

    private ServerProcess(List<String> arguments, String javaOptions) throws IOException {
        this(List.of(), arguments, javaOptions);
    }

    /** @param launcher what runs the command that follows it */
    private ServerProcess(List<String> launcher, List<String> arguments, String javaOptions) throws IOException {
        String root = System.getProperty("step.root");
        assertTrue(root != null, "run by Maven, which says where the project is");
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(root, "bin", "step-server").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"), "STEP_JAVA_OPTS", QUICK_START + javaOptions));
        this.process = builder.start();
        this.errors = process.errorReader();
    }

    /** A server with open login on a port that the system chooses. */
    static ServerProcess on(Path store) throws IOException {
        return on(store, "");
    }

    static ServerProcess on(Path store, String javaOptions) throws IOException {
        return new ServerProcess(optionsFor(store, "127.0.0.1:0"), javaOptions);
    }

    /** A server that is told more. */
    static ServerProcess with(Path store, String... options) throws IOException {
        return new ServerProcess(
                Stream.concat(optionsFor(store, "127.0.0.1:0").stream(), Stream.of(options))
                        .toList(),
                "");
    }

    /** A server that is started with this umask. */
    static ServerProcess withUmask(String umask, Path store) throws IOException {
        List<String> launcher = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        return new ServerProcess(launcher, optionsFor(store, "127.0.0.1:0"), "");
    }

    /** A server with open login on another address than this machine's own. */
    static ServerProcess listeningOn(String listen, Path store) throws IOException {
        return new ServerProcess(optionsFor(store, listen), "");
    }

    /** A server that is told nothing but where its files are. */
    static ServerProcess withDefaults(Path store) throws IOException {
        return new ServerProcess(List.of("run", "--listen", "127.0.0.1:0", "--store", store.toString()), "");
    }

    static List<String> optionsFor(Path store, String listen) {
        return List.of("run", "--listen", listen, "--store", store.toString(), "--auth", "open");
    }

    /** Runs a server that is expected to end by itself. */
    static Refusal refused(List<String> arguments) throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(arguments, "")) {
            List<String> lines = server.errors.lines().toList();
            assertTrue(server.process.waitFor(REFUSES_WITHIN_SECONDS, TimeUnit.SECONDS), "it hangs: " + lines);
            return new Refusal(server.process.exitValue(), lines);
        }
    }

    /** Waits until the server says where it listens. */
    InetSocketAddress awaitReady() throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the server ended before it was ready:\n" + said);
    }

    /** What the server says next in its log; null when it has ended. */
    String nextLine() throws IOException {
        return errors.readLine();
    }

    long pid() {
        return process.pid();
    }

    /** Has the server read its configuration again; it says "Reloaded" when it has. */
    void reload() throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-USR2", String.valueOf(pid()))
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    /** Waits until the server says something like this in its log, and returns what it said up to there. */
    String awaitLine(String words) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            said.append(line).append('\n');
            if (line.contains(words)) {
                return said.toString();
            }
        }
        throw new AssertionError("the server ended before it said \"" + words + "\":\n" + said);
    }

    /** Sends SIGKILL, and waits until the process is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    void assertStopsWell() throws InterruptedException, IOException {
        assertTrue(process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS), "it still runs");
        assertEquals(
                0, process.exitValue(), () -> String.join("\n", errors.lines().toList()));
    }

    @Override
    public void close() {
        kill();
    }
}
