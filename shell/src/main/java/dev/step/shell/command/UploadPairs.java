package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code FILE… [KEY|folder/]} means: which files, under which keys. */
final class UploadPairs {
    private final LocalOperands local;
    private final boolean recursive;
    private final List<FilePair> pairs = new ArrayList<>();

    /**
     * Pairs nothing yet.
     *
     * @param folder where local names start
     * @param recursive whether a folder stands for the files in it
     */
    UploadPairs(Path folder, boolean recursive) {
        this.local = new LocalOperands(folder);
        this.recursive = recursive;
    }

    List<FilePair> of(List<Operand> operands) throws UsageException, ClientException {
        Sides sides = Sides.of(operands, Sides.last(operands).isFolder());
        String folder = sides.folder().map(Operand::text).orElse("");
        for (Operand name : sides.names()) {
            List<Path> files = local.expand(name);
            Optional<String> otherName = sides.otherName().map(Operand::text);
            if (otherName.isPresent() && files.size() > 1) {
                throw new UsageException(files.size() + " files match " + name
                        + "; to send them into a folder, end its name with a slash");
            }
            for (Path file : files) {
                add(file, otherName.orElseGet(() -> folder + lastSegment(file)));
            }
        }
        return pairs;
    }

    private void add(Path file, String key) throws UsageException, ClientException {
        if (!recursive || !Files.isDirectory(file)) {
            pairs.add(new FilePair(file, Operand.keyOf(key)));
            return;
        }
        for (Path inside : LocalOperands.tree(file)) {
            pairs.add(new FilePair(inside, Operand.keyOf(key + "/" + file.relativize(inside))));
        }
    }

    /** The name of a folder that is named {@code .} or {@code ..} is its real one. */
    private static String lastSegment(Path file) {
        Path name = file.toAbsolutePath().normalize().getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
