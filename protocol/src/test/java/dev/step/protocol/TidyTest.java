package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The style rules that matter and that a compiler does not know, over the sources of every module. */
final class TidyTest {
    private static final List<String> MODULES = List.of("testing", "protocol", "daemon", "s3", "shell");
    private static final int LONGEST_FILE_LINES = 400;
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Util|Helper|Manager|Impl)s?\\.java");

    /** The entry points: they alone hand an exit status to the operating system. */
    private static final Set<String> MAY_EXIT = Set.of("ServerMain.java", "ShellMain.java");

    /** The one class of the shell that knows the daemon. */
    private static final String KNOWS_DAEMON = "EmbeddedServer.java";

    /** Each file's lines, by its path from the root. */
    private static final Map<Path, List<String>> SOURCES = new TreeMap<>();

    @BeforeAll
    static void readSources() throws IOException {
        Path root = Path.of(System.getProperty("step.root", ".."));
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    SOURCES.put(root.relativize(file), Files.readAllLines(file));
                }
            }
        }
    }

    @Test
    void everyModuleHasSourcesToCheck() {
        for (String module : MODULES) {
            assertTrue(SOURCES.keySet().stream().anyMatch(inMain(module)), () -> "no sources found in " + module);
        }
    }

    @Test
    void noMainFileIsLongerThan400Lines() {
        report(
                "a file of main code has at most " + LONGEST_FILE_LINES + " lines: split it by responsibility",
                SOURCES.keySet().stream()
                        .filter(inMain())
                        .filter(file -> SOURCES.get(file).size() > LONGEST_FILE_LINES)
                        .map(file -> file + ": " + SOURCES.get(file).size() + " lines")
                        .toList());
    }

    @Test
    void onlyEntryPointsExit() {
        report(
                "main code returns or throws; only an entry point (" + MAY_EXIT + ") calls System.exit",
                linesOf(inMain().and(named(MAY_EXIT).negate()), "\\bSystem\\s*\\.\\s*exit\\b"));
    }

    @Test
    void nothingPrintsStackTraces() {
        report("main code logs a failure or throws it, never printStackTrace", linesOf(inMain(), "printStackTrace"));
    }

    @Test
    void nothingSleeps() {
        report(
                "main code waits for the event (a condition, a queue, a timeout), never Thread.sleep",
                linesOf(inMain(), "\\bThread\\s*\\.\\s*sleep\\b"));
    }

    @Test
    void onlyTheEmbeddedServerKnowsTheDaemon() {
        report(
                "in the shell's main code only " + KNOWS_DAEMON + " uses dev.step.daemon",
                linesOf(inMain("shell").and(named(Set.of(KNOWS_DAEMON)).negate()), "\\bdev\\.step\\.daemon\\b"));
    }

    @Test
    void noFileHasTabs() {
        report("sources are indented with spaces; in text write \\t", linesOf(file -> true, "\t"));
    }

    @Test
    void noFileHasAVagueName() {
        report(
                "a class is named for what it does, not Util, Helper, Manager or Impl",
                SOURCES.keySet().stream()
                        .filter(file -> VAGUE_NAME.matcher(nameOf(file)).matches())
                        .map(Path::toString)
                        .toList());
    }

    private static Predicate<Path> inMain() {
        return file -> MODULES.stream().anyMatch(module -> inMain(module).test(file));
    }

    private static Predicate<Path> inMain(String module) {
        return file -> file.startsWith(Path.of(module, "src", "main"));
    }

    private static Predicate<Path> named(Set<String> names) {
        return file -> names.contains(nameOf(file));
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    /** Lines with a match outside comments, as {@code file:line: text}. */
    private static List<String> linesOf(Predicate<Path> files, String regex) {
        Pattern pattern = Pattern.compile(regex);
        List<String> found = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            if (files.test(file)) {
                for (int i = 0; i < lines.size(); i++) {
                    if (!isComment(lines.get(i))
                            && pattern.matcher(lines.get(i)).find()) {
                        found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        });
        return found;
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return !line.contains("\t") && (text.startsWith("*") || text.startsWith("//") || text.startsWith("/*"));
    }

    private static void report(String rule, List<String> offenders) {
        if (!offenders.isEmpty()) {
            fail(rule + ":\n  " + String.join("\n  ", offenders) + "\n");
        }
    }
}
