package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The files in a folder and in the folders in it. Links to folders are not followed: they may lead round in circles. What is
 * left out is told.
 */
final class LocalTree extends SimpleFileVisitor<Path> {
    private final List<Path> files = new ArrayList<>();
    private final Consumer<String> notices;
    private final BiConsumer<Path, ClientException> failures;

    private LocalTree(Consumer<String> notices, BiConsumer<Path, ClientException> failures) {
        this.notices = notices;
        this.failures = failures;
    }

    /**
     * All files, in the order of their names.
     *
     * @param notices is told about what is no file
     * @param failures is told about what cannot be looked at
     */
    static List<Path> files(Path top, Consumer<String> notices, BiConsumer<Path, ClientException> failures)
            throws ClientException {
        LocalTree tree = new LocalTree(notices, failures);
        try {
            Files.walkFileTree(top, tree);
        } catch (IOException e) {
            throw ClientException.local(top, e);
        }
        Collections.sort(tree.files);
        return tree.files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() || Files.isRegularFile(file)) { // a link may lead to one
            files.add(file);
        } else {
            notices.accept(file + " is left out: it is "
                    + (attributes.isSymbolicLink() ? "a link, and not to a file" : "no regular file"));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        failures.accept(file, ClientException.local(file, failure));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
        if (failure != null) {
            failures.accept(folder, ClientException.local(folder, failure));
        }
        return FileVisitResult.CONTINUE;
    }
}
