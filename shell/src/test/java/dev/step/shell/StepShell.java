package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real {@code bin/step-shell}, run to its end with a pipe at each side. */
record StepShell(Path folder, Path home, Map<String, String> environment) {
    /** What is said of content that has arrived as it was: by the digest that this processor is best at. */
    static final String SAME = Processor.cheapestDigest() + " ok";

    /** What a run came to. */
    record Result(int status, String out, String err) {}

    /** A shell that works in this folder and keeps everything of its own beside it. */
    static StepShell in(Path folder, Path home) {
        return new StepShell(folder, home, Map.of());
    }

    static Path command() {
        String root = System.getProperty("step.root");
        assertTrue(root != null, "run by Maven, which says where the project is");
        return Path.of(root, "bin", "step-shell");
    }

    StepShell with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new StepShell(folder, home, more);
    }

    Result run(String input, String... arguments) throws IOException, InterruptedException {
        try (OpenShell shell = open(arguments)) {
            shell.write(input);
            return shell.end();
        }
    }

    /** Starts one that waits for its input. */
    OpenShell open(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(arguments)).directory(folder.toFile());
        setEnvironment(builder.environment());
        return new OpenShell(builder.start());
    }

    static List<String> commandLine(String... arguments) {
        return Stream.concat(Stream.of(command().toString()), Stream.of(arguments))
                .toList();
    }

    void setEnvironment(Map<String, String> target) {
        target.put("JAVA_HOME", System.getProperty("java.home")); // the JVM that the tests are to run on
        target.put("HOME", home.toString());
        target.put(
                "XDG_CACHE_HOME",
                Path.of(System.getProperty("step.root"), "shell/target/cache").toString());
        target.put("XDG_DATA_HOME", home.resolve("data").toString());
        target.put("XDG_STATE_HOME", home.resolve("state").toString());
        target.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        target.keySet().removeAll(List.of("NO_COLOR", "STEP_PASSWORD", "STEP_JAVA_OPTS", "COLUMNS", "MAVEN_OPTS"));
        target.putAll(environment);
    }
}
