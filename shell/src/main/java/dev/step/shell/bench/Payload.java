package dev.step.shell.bench;

/**
 * What one file holds.
 *
 * @param size in bytes, at least 1
 */
public record Payload(FileKind kind, long size) {
    /** Below this, a file of some kinds would have no room for its header. */
    public static final long SMALLEST_WITH_HEADER = 1 << 10;

    public Payload {
        long least = kind == FileKind.BIN || kind == FileKind.TXT ? 1 : SMALLEST_WITH_HEADER;
        if (size < least) {
            throw new IllegalArgumentException(kind.userName() + " files have at least " + least + " bytes");
        }
    }
}
