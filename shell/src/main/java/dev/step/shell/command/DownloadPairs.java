package dev.step.shell.command;

import dev.step.protocol.Key;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code KEY… [FILE|folder/]} means: which keys, to which files. A local folder that exists is one without a slash. */
final class DownloadPairs {
    private final RemoteOperands remote;
    private final Path folder;
    private final boolean recursive;
    private final List<FilePair> pairs = new ArrayList<>();

    /**
     * Pairs nothing yet.
     *
     * @param folder where local names start
     * @param recursive whether a key that ends in a slash stands for everything in that folder
     */
    DownloadPairs(RemoteOperands remote, Path folder, boolean recursive) {
        this.remote = remote;
        this.folder = folder;
        this.recursive = recursive;
    }

    List<FilePair> of(List<Operand> operands) throws UsageException, ClientException {
        Operand last = Sides.last(operands);
        Sides sides = Sides.of(operands, last.isFolder() || Files.isDirectory(last.path(folder)));
        Path target = sides.folder().isPresent() ? last.path(folder) : folder;
        for (Operand name : sides.names()) {
            if (recursive && name.isFolder()) {
                addTree(name.text(), sides.otherName().isPresent() ? last.path(folder) : inside(target, name));
            } else {
                add(name, sides, target);
            }
        }
        return pairs;
    }

    private void add(Operand name, Sides sides, Path target) throws UsageException, ClientException {
        List<Key> keys = remote.expand(name);
        if (sides.otherName().isPresent() && keys.size() > 1) {
            throw new UsageException(
                    keys.size() + " keys match " + name + "; to fetch them into a folder, end its name with a slash");
        }
        for (Key key : keys) {
            Path file = sides.otherName().isPresent()
                    ? sides.otherName().get().path(folder)
                    : Operand.resolve(target, RemoteOperands.lastSegment(key.text()));
            pairs.add(new FilePair(file, key));
        }
    }

    /**
     * A key has no segment that leads upwards, and does not begin with a slash: it stays inside of the target. Segments
     * that are empty are none here.
     */
    private void addTree(String name, Path target) throws UsageException, ClientException {
        List<Key> keys = remote.tree(name);
        if (keys.isEmpty()) {
            throw new ClientException(Problem.NOT_FOUND, "there is nothing in " + name);
        }
        for (Key key : keys) {
            String rest = key.text().substring(name.length()).replaceFirst("^/+", "");
            pairs.add(new FilePair(Operand.resolve(target, rest), key));
        }
    }

    private static Path inside(Path target, Operand name) throws UsageException {
        return Operand.resolve(target, RemoteOperands.lastSegment(name.text().replaceFirst("/+$", "")));
    }
}
