package dev.step.daemon.store.disk;

import java.util.Optional;

/**
 * The two places where the bytes of a key can lie. A new content goes where the old one is not, so that each stays whole
 * until the catalogue has changed from one to the other.
 */
enum Tree {
    /** Where a file lies that never was replaced. */
    FIRST("files"),
    SECOND("files-2");

    private final String folderName;

    Tree(String folderName) {
        this.folderName = folderName;
    }

    /** Where the next content of a key goes: never where the catalogue says that there is one. */
    static Tree ofNext(Optional<CatalogueEntry> old) {
        return old.map(entry -> entry.tree().other()).orElse(FIRST);
    }

    String folderName() {
        return folderName;
    }

    Tree other() {
        return this == FIRST ? SECOND : FIRST;
    }
}
