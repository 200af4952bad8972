package dev.step.daemon.store.disk;

import dev.step.daemon.journal.UploadId;
import java.nio.file.Path;

/** The folder in which something lies until it is complete. No two contents ever have the same id. */
record UploadFolder(UploadId id, Path path) {
    static final String JOURNAL = "journal";

    /** A file that came whole: it needs no folder, and lies in its place. */
    Path whole() {
        return path;
    }

    /** The blocks of a file. */
    Path data() {
        return path.resolve("data");
    }

    /** What is known of the blocks. */
    Path journal() {
        return path.resolve(JOURNAL);
    }

    /** A value. */
    Path value() {
        return path.resolve("value");
    }
}
