package dev.step.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/PROTOCOL.md describes is what the tables in the code have. */
final class DocumentTest {
    private static String document = "";

    @BeforeAll
    static void readDocument() throws IOException {
        document = Files.readString(Path.of(System.getProperty("step.root", ".."), "docs", "PROTOCOL.md"));
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void featureHasARowInTheTableOfExtensions(Feature feature) {
        assertTrue(document.contains("\n| `" + feature.wireName() + "` | "), feature.wireName());
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"TOO_MANY", "SHUTTING_DOWN"}, // nothing answers with these
            mode = EnumSource.Mode.EXCLUDE)
    void statusHasARowInTheTableOfStatuses(Status status) {
        assertTrue(document.contains("\n| " + status.code() + " | "), status::toString);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void operationIsNamed(Operation operation) {
        assertTrue(document.contains("`" + operation.name() + "`"), operation.name());
    }

    @Test
    void boundsAreTheOnesOfTheCode() {
        for (int bound : List.of(
                Limits.MAX_BLOCK_BYTES,
                Limits.DEFAULT_BLOCK_BYTES,
                Limits.MAX_RANGES,
                Limits.MAX_LISTED_BLOCKS,
                Limits.MAX_FINGERPRINT_BYTES,
                Limits.MAX_LIST_KEYS)) {
            String shown = String.format(Locale.ROOT, "%,d", bound);
            assertTrue(document.contains(" " + shown + " "), shown);
        }
    }
}
