package dev.step.shell.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes what is in a file of some kind: the same for the same seed. A PDF, a ZIP and an MP4 are well-formed around their
 * noise; a JPEG is as far as its headers.
 */
final class SampleContent {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final byte[] JPG_START = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000");
    private static final byte[] JPG_END = HexFormat.of().parseHex("ffd9");

    /** A box that says which format it is, and one whose length 0 means: to the end of the file. */
    private static final byte[] MP4_START =
            HexFormat.of().parseHex("000000186674797069736f6d0000020069736f6d6d703432" + "000000006d646174");

    private static final String ZIP_NAME = "noise.bin";

    /** A stored entry's local and central headers, each with its name, and the end record. */
    private static final int ZIP_FRAME_BYTES = 30 + 46 + 22 + 2 * ZIP_NAME.length();

    private static final LocalDateTime ZIP_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final long seed;
    private final OutputStream out;

    private SampleContent(long seed, OutputStream out) {
        this.seed = seed;
        this.out = out;
    }

    /** Writes exactly as much as the payload says. */
    static void write(Payload payload, long seed, OutputStream out) throws IOException {
        new SampleContent(seed, out).write(payload);
    }

    private void write(Payload payload) throws IOException {
        long size = payload.size();
        switch (payload.kind()) {
            case BIN -> noise(size, out);
            case TXT -> new SampleText(seed).write(size, out);
            case JPG -> writeJpg(size);
            case PDF -> writePdf(size);
            case ZIP -> writeZip(size);
            case MP4 -> {
                out.write(MP4_START);
                noise(size - MP4_START.length, out);
            }
        }
    }

    private void noise(long size, OutputStream target) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] chunk = new byte[CHUNK_BYTES];
        for (long left = size; left > 0; left -= chunk.length) {
            random.nextBytes(chunk);
            target.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    private void writeJpg(long size) throws IOException {
        out.write(JPG_START);
        noise(size - JPG_START.length - JPG_END.length, new WithoutMarkers(out));
        out.write(JPG_END);
    }

    /** Numbers are padded, so that they do not move what follows them. */
    private void writePdf(long size) throws IOException {
        String start = """
                %PDF-1.4
                1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
                2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
                3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
                """;
        String streamStart = "4 0 obj <</Length %010d>>\nstream\n";
        String streamEnd = "\nendstream endobj\n";
        StringBuilder table = new StringBuilder("xref\n0 5\n0000000000 65535 f \n");
        for (int object = 1; object <= 4; object++) {
            int at = object == 4 ? start.length() : start.indexOf(object + " 0 obj");
            table.append(String.format(Locale.ROOT, "%010d 00000 n \n", at));
        }
        String end = table + "trailer <</Size 5/Root 1 0 R>>\nstartxref\n%010d\n%%%%EOF\n";
        int frame = ascii(start + streamStart.formatted(0) + streamEnd + end.formatted(0)).length;
        long noise = size - frame;
        out.write(ascii(start + streamStart.formatted(noise)));
        noise(noise, out);
        out.write(ascii(streamEnd + end.formatted(size - ascii(end.formatted(0)).length)));
    }

    private void writeZip(long size) throws IOException {
        long noise = size - ZIP_FRAME_BYTES;
        CRC32 crc = new CRC32();
        noise(noise, new OutputStream() {
            @Override
            public void write(int b) {
                crc.update(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                crc.update(bytes, offset, length);
            }
        });
        ZipEntry entry = new ZipEntry(ZIP_NAME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(noise);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(ZIP_TIME);
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(entry);
        noise(noise, zip);
        zip.closeEntry();
        zip.finish();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** In the data of a JPEG the byte FF begins a marker: there is none. */
    private static final class WithoutMarkers extends OutputStream {
        private static final byte MARKER = (byte) 0xFF;

        private final OutputStream out;

        WithoutMarkers(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write((byte) b == MARKER ? 0 : b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] clean = new byte[length];
            for (int i = 0; i < length; i++) {
                clean[i] = bytes[offset + i] == MARKER ? 0 : bytes[offset + i];
            }
            out.write(clean);
        }
    }
}
