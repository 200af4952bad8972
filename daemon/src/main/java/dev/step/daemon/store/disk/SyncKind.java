package dev.step.daemon.store.disk;

import java.nio.file.Path;

/** What is made durable by a sync. */
public enum SyncKind {
    /** The journal of an upload. */
    JOURNAL,
    /** The catalogue of a user's files. */
    CATALOGUE,
    /** What users have sent, and all else that lies in files. */
    CONTENT,
    /** The names in a folder. */
    FOLDER;

    static SyncKind ofFile(Path file) {
        return switch (String.valueOf(file.getFileName())) {
            case UploadFolder.JOURNAL -> JOURNAL;
            case UserPaths.CATALOGUE, UserPaths.NEW_CATALOGUE -> CATALOGUE;
            default -> CONTENT;
        };
    }
}
