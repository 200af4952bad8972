package dev.step.daemon.store.archive;

import dev.step.protocol.DigestAlgorithm;

/** Names that writing and reading share; the package's comment draws the format. */
final class ArchiveFormat {
    static final int VERSION = 1;
    static final String START = "step-export";
    static final String END = "step-export-end";
    static final String FORMAT_FIELD = "format";
    static final String ENTRIES_FIELD = "entries";
    static final String MODIFIED = "STEP.modified";

    private ArchiveFormat() {}

    static String header(DigestAlgorithm algorithm) {
        return "STEP." + algorithm.fieldName();
    }
}
