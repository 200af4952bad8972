package dev.step.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.step.protocol.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The limits of docs/SECURITY.md are those of the code. */
final class SecurityDocumentTest {
    private static List<String> rows = List.of();

    @BeforeAll
    static void readTable() throws IOException {
        Path document = Path.of(System.getProperty("step.root", ".."), "docs", "SECURITY.md");
        String limits = Files.readString(document).split("\n## Limits\n")[1].split("\n## ")[0];
        rows = limits.lines().filter(line -> line.startsWith("| ")).toList();
    }

    @Test
    void everyOptionHasARowWithItsDefault() {
        List<OptionSpec> options =
                new CommandLine(new LimitOptions()).getCommandSpec().options();
        assertEquals(5, options.size());
        for (OptionSpec option : options) {
            String name = option.longestName();
            int initial = (int) option.initialValue();
            String row = row("`" + name + "`");
            String shown = name.endsWith("-seconds") ? initial + " s" : String.format(Locale.ROOT, "%,d", initial);
            assertTrue(row.split("\\|")[2].startsWith(" " + shown), row);
        }
    }

    @Test
    void boundsOfTheProtocolAreThoseOfTheCode() {
        assertEquals(1 << 20, Limits.MAX_JSON_BYTES);
        assertTrue(row("| JSON part")
                .contains("1 MiB, " + Limits.MAX_JSON_DEPTH + " levels, "
                        + String.format(Locale.ROOT, "%,d", Limits.MAX_JSON_VALUES) + " values"));
        assertTrue(row("| stray binary").contains((Limits.MAX_SKIPPED_BYTES >> 20) + " MiB"));
        assertTrue(row("| key").contains(String.format(Locale.ROOT, "%,d bytes", Limits.MAX_KEY_BYTES)));
        assertTrue(row("| user name").contains(Limits.MAX_USER_BYTES + " bytes"));
    }

    private static String row(String part) {
        List<String> found = rows.stream().filter(row -> row.contains(part)).toList();
        assertEquals(1, found.size(), part + " in " + rows);
        return found.get(0);
    }
}
