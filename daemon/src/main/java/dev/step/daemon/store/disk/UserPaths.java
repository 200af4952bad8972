package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import java.nio.file.Path;

/** Where everything of one user lies. */
record UserPaths(Path home) {
    static final String CATALOGUE = "catalogue";
    static final String NEW_CATALOGUE = "catalogue.new";

    Path catalogue() {
        return home.resolve(CATALOGUE);
    }

    Path newCatalogue() {
        return home.resolve(NEW_CATALOGUE);
    }

    /** Where to keep what was cut off the catalogue. */
    Path tornCatalogue(int number) {
        return home.resolve("catalogue.torn-" + number);
    }

    Path files(Tree tree) {
        return home.resolve(tree.folderName());
    }

    Path file(Tree tree, Key key) {
        return EscapedPath.of(files(tree), key);
    }

    Path data() {
        return home.resolve("data");
    }

    Path value(Key key) {
        return EscapedPath.of(data(), key);
    }
}
