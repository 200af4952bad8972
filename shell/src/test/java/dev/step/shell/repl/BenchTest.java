package dev.step.shell.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.step.shell.client.FakeServer;
import dev.step.shell.command.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BenchTest {
    @TempDir
    Path folder;

    @Test
    void anOldServerIsMeasuredReportedAndCompared() throws Exception {
        try (TestShell shell = new TestShell(folder, new FakeServer())) {
            assertEquals(
                    ExitStatus.OK,
                    shell.run(
                            "bench sizes latency --sizes 4K,64K --repeat 2 --report a.json --label before",
                            "bench sizes latency --sizes 4K,64K --repeat 2 --label before --compare a.json --compare a.json --report b.html --report b.svg"
                                    + " --report b.png --report b.csv --report b.md"),
                    () -> shell.err().toString());
            assertTrue(shell.outText().contains("before (3) (time ratio)"), shell.outText());
            assertTrue(shell.outText().contains("█"), shell.outText());
            assertTrue(shell.outText().contains("Keeping a small value takes"), shell.outText());
            for (String name : List.of("a.json", "b.html", "b.svg", "b.png", "b.csv", "b.md")) {
                assertTrue(Files.size(folder.resolve(name)) > 0, name);
            }
            assertEquals(Set.of(), shell.server.files.keySet());
            assertEquals(Set.of(), shell.server.values.keySet());
        }
    }

    @Test
    void programsGetAnObjectForEachCase() throws Exception {
        try (TestShell shell = TestShell.in(folder)) {
            assertEquals(ExitStatus.OK, shell.run("bench --sizes 4K --repeat 3 --json --quiet"));
            assertTrue(shell.out().stream().map(JsonParser::parseString).allMatch(JsonElement::isJsonObject));
            assertEquals(4, shell.out().size(), "put, get, read and hash, and a round trip");
            assertEquals(
                    3,
                    JsonParser.parseString(shell.out().get(0))
                            .getAsJsonObject()
                            .get("n")
                            .getAsInt());
            assertEquals(List.of(), shell.err());
        }
    }

    @Test
    void clientsCanBeNamedAsARange() throws Exception {
        try (TestShell shell = TestShell.in(folder)) {
            assertEquals(
                    ExitStatus.OK,
                    shell.run("bench --clients 1,2..3 --sizes 1K --direction put --repeat 1 --json --quiet"));
            assertEquals(
                    List.of(1, 2, 3, 1),
                    shell.out().stream()
                            .map(line -> JsonParser.parseString(line)
                                    .getAsJsonObject()
                                    .get("clients")
                                    .getAsInt())
                            .toList(),
                    "and a round trip");
        }
    }

    @Test
    void whatCannotBeMeasuredIsRefusedBeforeAnythingIs() throws Exception {
        try (TestShell shell = TestShell.in(folder)) {
            assertRefused(shell, "bench nothing", "there is no figure \"nothing\"");
            assertRefused(shell, "bench --sizes 1X", "--sizes: \"1X\" is no size");
            assertRefused(shell, "bench --clients 17", "--clients: \"17\" is no number from 1 to 16");
            assertRefused(shell, "bench --clients 1..x", "--clients: \"x\" is no number from 1 to 16");
            assertRefused(shell, "bench --clients 5..1", "--clients: \"5..1\" is no number from 1 to 16");
            assertRefused(shell, "bench --formats gif", "--formats: \"gif\" is none of");
            assertRefused(shell, "bench --direction up", "--direction: \"up\" is neither put nor get");
            assertRefused(shell, "bench --repeat 0", "--repeat can be 1");
            assertRefused(shell, "bench connections --sizes 1M", "a file below 10 MiB travels on one connection");
            assertRefused(shell, "bench formats --sizes 10", "a file with a header has 1 KiB at least");
            assertRefused(shell, "bench --sizes 2G --repeat 100", "more than 20.0 GiB; measure less, or say --most");
            assertRefused(shell, "bench --report a.doc", "names no report");
            assertEquals(List.of(), shell.server.requests);
        }
    }

    @Test
    void aReportThatCannotBeWrittenIsNotMeasuredFor() throws Exception {
        try (TestShell shell = TestShell.in(folder)) {
            assertEquals(ExitStatus.FAILED, shell.run("bench --report missing/a.csv"));
            assertEquals(ExitStatus.NOT_FOUND, shell.run("bench --compare missing.json"));
            assertEquals(List.of(), shell.server.requests);
        }
    }

    private static void assertRefused(TestShell shell, String line, String words) {
        shell.clear();
        assertEquals(ExitStatus.USAGE, shell.run(line), line);
        assertTrue(shell.err().get(0).contains(words), () -> shell.err().toString());
    }
}
