package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import java.nio.file.Path;

/** Where everything of one user lies. */
record UserPaths(Path home) {
    Path catalogue() {
        return home.resolve("catalogue");
    }

    Path newCatalogue() {
        return home.resolve("catalogue.new");
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
