package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.shell.command.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says about the commands is what the shell says. */
final class ReadmeIT {
    private static final String INDENT = "    ";

    @TempDir
    Path folder;

    @Test
    void readmeShowsTheCommandsAsHelpListsThem() throws Exception {
        StepShell shell = StepShell.in(folder, Files.createDirectory(folder.resolve("home")));
        StepShell.Result help = shell.run("", "-c", "help");
        assertEquals(0, help.status(), help.err());
        String commands = help.out().lines().map(line -> INDENT + line).collect(Collectors.joining("\n"));
        String readme = Files.readString(StepShell.command().resolveSibling("../README.md"));
        assertTrue(
                readme.contains("\n\n" + commands + "\n\n"),
                () -> "put this into README.md, which shows other commands than help does:\n\n" + commands);
    }

    @Test
    void readmeAndHelpAgreeOnWhatExitStatusesMean() throws Exception {
        StepShell shell = StepShell.in(folder, Files.createDirectory(folder.resolve("home")));
        List<String> help = shell.run("", "--help")
                .out()
                .lines()
                .filter(line -> line.matches("  \\d+  .*"))
                .map(line -> line.strip().replaceFirst(" +", " | "))
                .toList();
        List<String> readme = Files.readAllLines(StepShell.command().resolveSibling("../README.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\| .* \\|"))
                .map(line -> line.substring(2, line.length() - 2))
                .toList();
        assertEquals(
                Arrays.stream(ExitStatus.values()).map(ExitStatus::code).toList(),
                help.stream()
                        .map(line -> Integer.valueOf(line.split(" ", 2)[0]))
                        .toList());
        assertEquals(help, readme);
    }
}
