package dev.step.daemon.store.disk;

import dev.step.daemon.journal.UploadId;
import java.nio.file.Path;

/** The folder in which something lies until it is complete. No two contents ever have the same id. */
record UploadFolder(UploadId id, Path path) {
    /** The blocks of a file. */
    Path data() {
        return path.resolve("data");
    }

    /** What is known of the blocks. */
    Path journal() {
        return path.resolve("journal");
    }

    /** A value. */
    Path value() {
        return path.resolve("value");
    }
}
