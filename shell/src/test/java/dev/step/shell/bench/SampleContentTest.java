package dev.step.shell.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SampleContentTest {
    private static final int SIZE = 200_001;

    @ParameterizedTest
    @EnumSource
    void hasExactlyItsSizeAndIsTheSameAgain(FileKind kind) throws IOException {
        assertEquals(SIZE, content(kind, SIZE, 1).length);
        assertEquals(Payload.SMALLEST_WITH_HEADER, content(kind, (int) Payload.SMALLEST_WITH_HEADER, 1).length);
        assertArrayEquals(content(kind, SIZE, 1), content(kind, SIZE, 1));
        assertFalse(Arrays.equals(content(kind, SIZE, 1), content(kind, SIZE, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void compressesAsItsKindDoes(FileKind kind) throws IOException {
        Deflater deflater = new Deflater();
        deflater.setInput(content(kind, SIZE, 1));
        deflater.finish();
        int length = deflater.deflate(new byte[2 * SIZE]);
        deflater.end();
        double ratio = (double) length / SIZE;
        assertTrue(kind == FileKind.TXT ? ratio > 0.2 && ratio < 0.6 : ratio > 0.98, () -> "compressed to " + ratio);
    }

    @Test
    void zipCanBeRead() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content(FileKind.ZIP, SIZE, 1)))) {
            ZipEntry entry = zip.getNextEntry();
            assertEquals(entry.getSize(), zip.readAllBytes().length); // it checks the checksum
            assertEquals(null, zip.getNextEntry());
        }
    }

    @Test
    void pdfSaysWhereItsTableIs() throws IOException {
        String pdf = new String(content(FileKind.PDF, SIZE, 1), StandardCharsets.ISO_8859_1);
        assertTrue(pdf.startsWith("%PDF-1.4\n"));
        assertTrue(pdf.endsWith("%%EOF\n"));
        int table = Integer.parseInt(pdf.substring(pdf.lastIndexOf("startxref\n") + 10)
                .lines()
                .findFirst()
                .orElseThrow());
        assertTrue(pdf.startsWith("xref\n", table));
        String[] entries = pdf.substring(table).split("\n");
        for (int object = 1; object <= 4; object++) {
            int at = Integer.parseInt(entries[object + 2].substring(0, 10));
            assertTrue(pdf.startsWith(object + " 0 obj", at), entries[object + 2]);
        }
    }

    @Test
    void jpegHasNoMarkersInside() throws IOException {
        byte[] jpg = content(FileKind.JPG, SIZE, 1);
        assertEquals("ffd8ffe0", HexFormat.of().formatHex(jpg, 0, 4));
        assertEquals("ffd9", HexFormat.of().formatHex(jpg, SIZE - 2, SIZE));
        for (int i = 20; i < SIZE - 2; i++) {
            assertTrue(jpg[i] != (byte) 0xFF, "a marker at " + i);
        }
    }

    @Test
    void mp4BeginsWithItsFormat() throws IOException {
        assertEquals("ftypisom", new String(content(FileKind.MP4, SIZE, 1), 4, 8, StandardCharsets.US_ASCII));
    }

    @Test
    void aFileWithAHeaderHasRoomForIt() {
        assertThrows(IllegalArgumentException.class, () -> new Payload(FileKind.PDF, 100));
    }

    private static byte[] content(FileKind kind, int size, long seed) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SampleContent.write(new Payload(kind, size), seed, out);
        return out.toByteArray();
    }
}
