package dev.step.shell.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Local files whose names begin as typed. */
final class LocalNames {
    private final ShellContext context;

    LocalNames(ShellContext context) {
        this.context = context;
    }

    List<Suggestion> beginningWith(String typed) {
        String folder = typed.substring(0, typed.lastIndexOf('/') + 1);
        String name = typed.substring(folder.length());
        List<Suggestion> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path(folder))) {
            for (Path file : files) {
                String candidate = String.valueOf(file.getFileName());
                boolean hidden = candidate.startsWith(".") && !name.startsWith(".");
                if (candidate.startsWith(name) && !hidden) {
                    found.add(suggestion(folder + candidate, Files.isDirectory(file)));
                }
            }
        } catch (IOException | DirectoryIteratorException | UsageException e) {
            return List.of(); // what cannot be read has nothing to suggest
        }
        return found;
    }

    private Path path(String folder) throws UsageException {
        Path start = context.folder();
        return folder.isEmpty() ? Operand.resolve(Path.of("."), start.toString()) : new Operand(folder).path(start);
    }

    private static Suggestion suggestion(String name, boolean isFolder) {
        return new Suggestion(isFolder ? name + "/" : name, !isFolder);
    }
}
