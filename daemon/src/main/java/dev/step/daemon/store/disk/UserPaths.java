package dev.step.daemon.store.disk;

import dev.step.daemon.disk.PathKind;
import dev.step.protocol.Key;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where everything of one user lies. */
record UserPaths(Path home) {
    static final String CATALOGUE = "catalogue";
    static final String NEW_CATALOGUE = "catalogue.new";
    private static final String TORN = "catalogue.torn-";
    private static final String DATA = "data";

    /** What a thing of this name is to be; empty if there is nothing of that name in a user's folder. */
    Optional<PathKind> expected(String name) {
        if (name.equals(CATALOGUE) || name.equals(NEW_CATALOGUE) || name.startsWith(TORN)) {
            return Optional.of(PathKind.FILE);
        }
        boolean isTree =
                Arrays.stream(Tree.values()).anyMatch(tree -> tree.folderName().equals(name));
        return isTree || name.equals(DATA) ? Optional.of(PathKind.FOLDER) : Optional.empty();
    }

    Path catalogue() {
        return home.resolve(CATALOGUE);
    }

    Path newCatalogue() {
        return home.resolve(NEW_CATALOGUE);
    }

    /** Where to keep what was cut off the catalogue. */
    Path tornCatalogue(int number) {
        return home.resolve(TORN + number);
    }

    Path files(Tree tree) {
        return home.resolve(tree.folderName());
    }

    Path file(Tree tree, Key key) {
        return EscapedPath.of(files(tree), key);
    }

    Path data() {
        return home.resolve(DATA);
    }

    Path value(Key key) {
        return EscapedPath.of(data(), key);
    }
}
