package dev.step.shell;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the shell starts from. */
final class StartIT {
    private static final long MADE_WITHIN_SECONDS = 300; // it is made at the lowest priority

    /** Making one takes a processor half a minute: what only uses one takes a copy of this. */
    @TempDir
    static Path common;

    private static Path archive;

    @TempDir
    Path folder;

    private Path cache;
    private StepShell shell;

    @BeforeAll
    static void makeAnArchive() throws Exception {
        Path cache = Files.createDirectories(common.resolve("cache/step"));
        StepShell shell = shellIn(common);
        archive = awaitArchive(
                cache, () -> assertEquals(0, shell.run("", "--version").status()));
    }

    @BeforeEach
    void prepare() throws Exception {
        cache = Files.createDirectories(folder.resolve("cache/step"));
        shell = shellIn(folder);
    }

    private static StepShell shellIn(Path parent) throws Exception {
        return StepShell.in(
                        Files.createDirectory(parent.resolve("work")), Files.createDirectory(parent.resolve("home")))
                .with("XDG_CACHE_HOME", parent.resolve("cache").toString());
    }

    @Test
    void aStartUsesTheArchiveThatAnEarlierOneHasMade() throws Exception {
        copyTheArchive();
        StepShell.Result result =
                shell.with("STEP_JAVA_OPTS", "-Xshare:on").run("", "--version"); // no archive, no start
        assertEquals(0, result.status(), result.out() + result.err());
        assertTrue(result.out().startsWith("step-shell "), result.out());
        assertEquals(List.of(cache.resolve(archive.getFileName())), archivesIn(cache));
    }

    @Test
    void anArchiveThatDoesNotFitIsNeverMentioned() throws Exception {
        Files.write(cache.resolve(archive.getFileName()), new byte[100_000]);
        StepShell.Result result = shell.run("lpwd --json\n");
        assertEquals(0, result.status());
        assertEquals("", result.err());
        assertEquals(1, result.out().lines().count(), result.out());
        assertTrue(result.out().startsWith("{\"folder\":"), result.out());
    }

    @Test
    void withoutAPlaceForTheArchiveTheShellStartsAllTheSame() throws Exception {
        StepShell.Result result = shell.with("XDG_CACHE_HOME", "/proc/none").run("lpwd\n");
        assertEquals(0, result.status());
        assertEquals("", result.err());
    }

    @Test
    void inAPipeTheLineEditorIsNotLoaded() throws Exception {
        Path classes = folder.resolve("classes");
        StepShell.Result result = shell.with("XDG_CACHE_HOME", "/proc/none")
                .with("STEP_JAVA_OPTS", "-Xlog:class+load:file=" + classes)
                .run("lpwd\nls\n", "--embedded");
        assertEquals(0, result.status(), result.err());
        assertTrue(Files.readString(classes).contains("dev.step.shell.command.LsCommand"));
        assertTrue(Files.readAllLines(classes).stream().noneMatch(line -> line.contains("org.jline")));
    }

    @Test
    void fromTheArchiveNoClassHasToBeReadFromAJar() throws Exception {
        copyTheArchive();
        Path classes = folder.resolve("classes");
        StepShell.Result result = shell.with("STEP_JAVA_OPTS", "-Xlog:class+load:file=" + classes)
                .run("-get none\nls\nhelp\n", "--embedded", "--user", "alice");
        assertEquals(0, result.status(), result.err());
        assertEquals(
                List.of(),
                Files.readAllLines(classes).stream()
                        .filter(line -> line.contains("source: file:"))
                        .toList());
    }

    @Test
    void anInstalledShellHasAnotherArchiveWhenAJarHasChanged() throws Exception {
        Path prefix = folder.resolve("prefix");
        Path jars = install(prefix);
        Path program = prefix.resolve("bin/step-shell");
        Path first = awaitArchive(cache, () -> assertVersion(program));
        Path jar = jars.resolve("step-shell.jar");
        Files.setLastModifiedTime(
                jar, FileTime.from(Files.getLastModifiedTime(jar).toInstant().plusSeconds(1)));
        Path second = awaitArchive(cache, () -> assertVersion(program));
        assertNotEquals(first, second);
    }

    /** As packages do it: the launcher, its other half, and the jars. */
    private static Path install(Path prefix) throws IOException {
        Path built = StepShell.command().resolveSibling("../shell/target");
        Path share = prefix.resolve("share/step-shell");
        Path jars = Files.createDirectories(share.resolve("lib"));
        Path bin = Files.createDirectories(prefix.resolve("bin"));
        Files.copy(StepShell.command(), bin.resolve("step-shell"));
        for (String part : List.of("launch.sh", "compilers.json")) {
            Files.copy(StepShell.command().resolveSibling("lib").resolve(part), share.resolve(part));
        }
        Files.copy(built.resolve("step-shell.jar"), jars.resolve("step-shell.jar"));
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(built.resolve("lib"))) {
            for (Path library : libraries) {
                Files.copy(library, jars.resolve(library.getFileName()));
            }
        }
        return jars;
    }

    private void assertVersion(Path program) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
        shell.setEnvironment(builder.environment());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.startsWith("step-shell "), output);
    }

    private void copyTheArchive() throws IOException {
        Files.copy(archive, cache.resolve(archive.getFileName()));
    }

    /** The archive that a start makes: the launcher ends by taking its work folder away. */
    private static Path awaitArchive(Path cache, Executable start) throws Exception {
        List<Path> before = archivesIn(cache);
        try (WatchService changes = cache.getFileSystem().newWatchService()) {
            cache.register(changes, StandardWatchEventKinds.ENTRY_DELETE);
            assertDoesNotThrow(start);
            assertEquals(before, archivesIn(cache), "the start has waited for its archive");
            boolean made = false;
            while (!made) {
                WatchKey key = changes.poll(MADE_WITHIN_SECONDS, TimeUnit.SECONDS);
                assertNotNull(key, "no archive was made");
                made = key.pollEvents().stream().map(WatchEvent::context).anyMatch(name -> name.toString()
                        .endsWith(".new"));
                key.reset();
            }
        }
        List<Path> made = new ArrayList<>(archivesIn(cache));
        made.removeAll(before);
        assertEquals(1, made.size(), made::toString);
        return made.get(0);
    }

    private static List<Path> archivesIn(Path cache) throws IOException {
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }
}
