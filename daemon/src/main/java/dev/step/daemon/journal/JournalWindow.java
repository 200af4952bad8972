package dev.step.daemon.journal;

import dev.step.daemon.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal seen through a window that moves forward, so that a long one costs no more memory than a short one. Not
 * safe for several threads.
 */
final class JournalWindow {
    private static final int BYTES = 64 << 10;
    private static final int SMALL_BYTES = JournalFormat.MAX_HEADER_BYTES;

    private final DiskFile file;
    private final long length;
    private final ByteBuffer window;
    private long start;

    private JournalWindow(DiskFile file, int bytes) throws IOException {
        this.file = file;
        this.length = file.size();
        this.window = ByteBuffer.allocate((int) Math.min(bytes, length)).limit(0);
    }

    /** For reading all of a journal, which is seen as long as it is now, even if it grows. */
    static JournalWindow over(DiskFile file) throws IOException {
        return new JournalWindow(file, BYTES);
    }

    /** For reading a journal's header only. */
    static JournalWindow overHeader(DiskFile file) throws IOException {
        return new JournalWindow(file, SMALL_BYTES);
    }

    /** The journal's length, in bytes. */
    long length() {
        return length;
    }

    /**
     * A view of some bytes, good until the next call.
     *
     * @param count at most {@link JournalFormat#MAX_HEADER_BYTES}
     * @return null if the journal ends before the last of them
     */
    @Nullable
    ByteBuffer bytes(long from, int count) throws IOException {
        if (from + count > length) {
            return null;
        }
        if (from < start || from + count > start + window.limit()) {
            fill(from);
        }
        int offset = (int) (from - start);
        return offset + count <= window.limit() ? window.slice(offset, count) : null;
    }

    private void fill(long from) throws IOException {
        window.clear();
        start = from;
        file.read(from, window);
        window.flip();
    }
}
