package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.step.shell.client.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program measures. */
final class BenchIT {
    private static final int UPLOADS_BEFORE_THE_HANG = 10;

    @TempDir
    Path folder;

    private StepShell shell;

    @BeforeEach
    void prepare() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        shell = StepShell.in(
                        Files.createDirectory(folder.resolve("work")), Files.createDirectory(folder.resolve("home")))
                .with("STEP_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    }

    @Test
    void afterCtrlCNothingIsLeft() throws Exception {
        assumeTrue(Interrupts.arrive(), "needs to be started by a program that does not ignore SIGINT");
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicInteger uploads = new AtomicInteger();
        try (FakeServer server = new FakeServer();
                OpenShell open = shell.open(
                        "--user", "alice", "--server", server.address().toString(), "-c", "bench sizes --sizes 64K")) {
            server.misbehaving((request, usual) -> {
                boolean upload = request.get("operation").getAsString().equals("UPLOAD");
                if (upload && uploads.incrementAndGet() > UPLOADS_BEFORE_THE_HANG) {
                    hanging.countDown();
                    return null; // no answer
                }
                return usual;
            });
            assertTrue(hanging.await(60, TimeUnit.SECONDS), "nothing was uploaded");
            open.interrupt();
            StepShell.Result result = open.end();
            assertEquals(130, result.status(), result.err());
            assertTrue(result.err().endsWith("bench: interrupted\n"), result.err());
            assertEquals(Set.of(), server.files.keySet());
            assertEquals(Set.of(), server.values.keySet());
            try (var left = Files.list(folder.resolve("temporary"))) {
                assertEquals(
                        List.of(),
                        left.filter(file -> file.toString().contains("bench")).toList());
            }
        }
    }

    @Test
    void withoutAReportNothingThatDrawsIsLoaded() throws Exception {
        Path classes = folder.resolve("classes");
        StepShell.Result result = shell.with("XDG_CACHE_HOME", "/proc/none")
                .with("STEP_JAVA_OPTS", "-Xlog:class+load:file=" + classes)
                .run("help\nbench --sizes 1K --repeat 1\n", "--embedded");
        assertEquals(0, result.status(), result.err());
        List<String> loaded = Files.readAllLines(classes);
        assertTrue(loaded.stream().anyMatch(line -> line.contains("dev.step.shell.bench.BenchRun")));
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(line ->
                                line.contains("org.jfree") || line.contains("batik") || line.contains("java.awt."))
                        .toList());
    }
}
