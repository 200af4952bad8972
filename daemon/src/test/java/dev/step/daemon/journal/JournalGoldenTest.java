package dev.step.daemon.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A journal of version 1, byte for byte: stores hold such files, and every later server has to read them. */
final class JournalGoldenTest {
    private static final SampleJournal GOLDEN = new SampleJournal()
            .blocks(2)
            .expect(SampleJournal.SHA_256)
            .sync()
            .blocks(10)
            .sync()
            .lost(7);

    @Test
    void writerStillWritesTheGoldenFile() throws IOException {
        assertEquals(lines(golden()), lines(GOLDEN.bytes()));
    }

    @Test
    void goldenFileIsStillRead() throws IOException {
        var recovered = assertInstanceOf(RecoveredJournal.Usable.class, SampleJournal.recover(golden()));
        assertEquals(SampleJournal.HEADER, recovered.header());
        assertEquals(Truth.after(GOLDEN.records.size(), GOLDEN), Truth.of(recovered));
        assertEquals(0, recovered.cutBytes());
    }

    /** Without the remarks, which go from # to the end of a line. */
    private static byte[] golden() throws IOException {
        try (InputStream file = JournalGoldenTest.class.getResourceAsStream("journal-v1.hex")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String digits =
                    text.lines().map(line -> line.replaceFirst("#.*", "")).collect(Collectors.joining());
            return HexFormat.of().parseHex(digits.replace(" ", ""));
        }
    }

    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{16})", "$1\n");
    }
}
