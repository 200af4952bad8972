package dev.step.daemon.store.disk;

import java.nio.file.Path;

/**
 * The folder in which something lies until it is complete.
 *
 * @param id 128 random bits in hexadecimal digits: no two contents ever have the same
 */
record UploadFolder(String id, Path path) {
    /** The blocks of a file. */
    Path data() {
        return path.resolve("data");
    }

    /** A value. */
    Path value() {
        return path.resolve("value");
    }
}
