package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.bench.report.SampleRuns;
import dev.step.shell.client.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchJsonTest {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadAgain() throws Exception {
        BenchRecord run = SampleRuns.of("ours \"here\" ü", 1);
        Path file = Files.writeString(folder.resolve("run.json"), BenchJson.write(run));
        BenchRecord read = BenchJson.read(file);
        assertEquals(run.label(), read.label());
        assertEquals(run.circumstances(), read.circumstances());
        assertEquals(Set.copyOf(run.samples()), Set.copyOf(read.samples()));
        assertEquals(run.samples().size(), read.samples().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"format\":\"other\"}", "{\"format\":\"step-bench 1\"}", "{\"format\":7"})
    void whatIsNoRecordIsRefusedInOneLine(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("run.json"), text);
        ClientException failure = assertThrows(ClientException.class, () -> BenchJson.read(file));
        assertTrue(failure.getMessage().endsWith("is not what bench --report FILE.json writes; name another file"));
    }

    @Test
    void runsOfTheSameLabelAreToldApart() {
        BenchRecord run = SampleRuns.of("same", 1);
        assertEquals(
                List.of("same", "same (2)", "same (3)"),
                BenchRecord.withDistinctLabels(List.of(run, run, run)).stream()
                        .map(BenchRecord::label)
                        .toList());
    }

    @Test
    void aNumberThatCannotBeIsRefused() throws Exception {
        String text = BenchJson.write(SampleRuns.of("ours", 1)).replace("\"clients\":5", "\"clients\":0");
        Path file = Files.writeString(folder.resolve("run.json"), text);
        assertThrows(ClientException.class, () -> BenchJson.read(file));
    }
}
