package dev.step.daemon.store.disk;

import dev.step.daemon.journal.ShownText;
import java.nio.file.Path;

/**
 * Something in a store that is not as it should be.
 *
 * @param path where
 * @param words what, for the admin
 */
record Fault(Kind kind, Path path, String words) {
    /** What is done about it differs. */
    enum Kind {
        /** A file of the catalogue is not there. */
        MISSING,
        /** A file of the catalogue is not what the catalogue says. */
        DAMAGED,
        /** Nothing in the store speaks of it. */
        UNKNOWN,
        /** A value is not one. */
        VALUE,
        /** A catalogue is missing, or has damaged lines. */
        CATALOGUE,
        /** An upload's journal, or its blocks, are not what was written. */
        UPLOAD,
        /** The owner or the rights are not those of a store. */
        ACCESS
    }

    /** One line for the admin. */
    String line() {
        return ShownText.of(path.toString()) + ": " + words;
    }
}
