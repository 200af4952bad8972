package dev.step.daemon.disk;

/** What lies under a name. */
public enum PathKind {
    NOTHING,
    FILE,
    FOLDER,
    /** Anything else, above all a symbolic link, wherever it leads. */
    OTHER
}
