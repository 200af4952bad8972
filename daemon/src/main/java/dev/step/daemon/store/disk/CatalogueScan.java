package dev.step.daemon.store.disk;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a catalogue from its start, up to the first line that is damaged.
 *
 * <p>Damage in the last line is what a crash leaves of a line that was being written, and nobody was told that it is
 * there. Damage before the last line is something else, and is not guessed at.
 */
final class CatalogueScan {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final byte NEWLINE = '\n';

    private final DiskFile file;
    private final byte[] buffer = new byte[CHUNK_BYTES];
    /** Where in the file the buffer starts, in bytes. */
    private long bufferStart;
    /** The part of the buffer that is read from the file, and not yet a line. */
    private int from;

    private int end;
    private int lines;
    private int changes;

    CatalogueScan(DiskFile file) {
        this.file = file;
    }

    /** Hands over each change, in order. */
    void run(Consumer<CatalogueChange> consumer) throws IOException {
        for (int newline = nextNewline(); newline >= 0; newline = nextNewline()) {
            List<CatalogueChange> line = CatalogueLine.decode(Arrays.copyOfRange(buffer, from, newline));
            if (line.isEmpty()) {
                break;
            }
            line.forEach(consumer);
            from = newline + 1;
            lines++;
            changes += line.size();
        }
    }

    /** Goes beyond a line that is damaged, or to the end of the file if that line has none. */
    void skipLine() throws IOException {
        int newline = nextNewline();
        while (newline < 0 && end > 0) {
            from = end; // damage has made one of several lines, longer than any
            newline = nextNewline();
        }
        from = newline < 0 ? end : newline + 1;
        lines++;
    }

    /** How many changes the sound lines hold. */
    int changes() {
        return changes;
    }

    /** How many lines are sound. */
    int lines() {
        return lines;
    }

    /** Where the sound lines end, in bytes. */
    long soundEnd() {
        return bufferStart + from;
    }

    /** What follows the sound lines, if that can be the last line only; empty if it is more. */
    Optional<byte[]> torn() throws IOException {
        if (file.size() - soundEnd() > CatalogueLine.MAX_BYTES) {
            return Optional.empty();
        }
        fill();
        byte[] rest = Arrays.copyOfRange(buffer, from, end);
        int newline = indexOfNewline(0, rest, rest.length);
        boolean isOneLine = newline < 0 || newline == rest.length - 1;
        return isOneLine && !startsWithLine(rest) ? Optional.of(rest) : Optional.empty();
    }

    /**
     * A sound line with more after it lacks only its newline: that was damaged, and what follows was another line. But where
     * only a zero follows, the newline never got to the disk, which had noted the new size already.
     */
    private static boolean startsWithLine(byte[] rest) {
        boolean endsInZero = rest.length > 0 && rest[rest.length - 1] == 0;
        int most = endsInZero ? rest.length - 2 : rest.length - 1;
        for (int length = 1; length <= most; length++) {
            if (rest[length - 1] == '}'
                    && !CatalogueLine.decode(Arrays.copyOf(rest, length)).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Where in the buffer the line ends; -1 if it has no end, in the file or within the length that lines have. */
    private int nextNewline() throws IOException {
        int newline = indexOfNewline(from, buffer, end);
        if (newline < 0 && fill()) {
            newline = indexOfNewline(from, buffer, end);
        }
        return newline;
    }

    private static int indexOfNewline(int from, byte[] bytes, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == NEWLINE) {
                return i;
            }
        }
        return -1;
    }

    /** Moves the begun line to the start of the buffer and reads on; a line is much shorter than the buffer. */
    private boolean fill() throws IOException {
        bufferStart += from;
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
        int read = file.read(bufferStart + end, ByteBuffer.wrap(buffer, end, buffer.length - end));
        end += read;
        return read > 0;
    }
}
