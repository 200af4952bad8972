package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole session of the real program, word for word. Times, rates and dates are made alike. */
final class TranscriptIT {
    @TempDir
    Path folder;

    @Test
    void aSessionReadsAsItAlwaysDid() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.createDirectories(work.resolve("photos/2026"));
        Files.writeString(work.resolve("notes [1].txt"), "hello\n");
        Files.writeString(work.resolve("photos/one.jpg"), "1");
        Files.writeString(work.resolve("photos/2026/two.jpg"), "22");
        Path home = folder.resolve("home");
        Path settings = Files.createDirectories(home.resolve("config/step")).resolve("config");
        Files.writeString(settings, "digest = md5\n"); // and not the one that the processor is best at
        StepShell shell = StepShell.in(work, home);
        StringBuilder transcript = new StringBuilder();
        for (String command : resource("transcript.commands").lines().toList()) {
            StepShell.Result result = shell.run("", "--embedded", "--user", "alice", "-c", command);
            transcript
                    .append("$ ")
                    .append(command)
                    .append('\n')
                    .append(result.out())
                    .append(result.err());
            if (result.status() != 0) {
                transcript.append("status ").append(result.status()).append('\n');
            }
        }
        assertEquals(resource("transcript.txt"), alike(transcript.toString()));
    }

    private static String alike(String text) {
        return text.replaceAll("[0-9.]+ s  [0-9.]+ MB/s", "TIME  RATE")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "DATE")
                .replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":SECONDS")
                .replaceAll("\"modified\":\"[^\"]*\"", "\"modified\":\"TIME\"")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "HOST:PORT")
                .replaceAll("step-server/[^\"\\s]+", "SERVER");
    }

    private static String resource(String name) throws Exception {
        return Files.readString(Path.of(TranscriptIT.class.getResource(name).toURI()));
    }
}
