package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code FILE… [KEY|folder/]} means: which files, under which keys. */
final class UploadPairs {
    private final ShellContext context;
    private final LocalOperands local;
    private final boolean recursive;
    private final Failures failures;
    private final List<FilePair> pairs = new ArrayList<>();

    /**
     * Pairs nothing yet.
     *
     * @param recursive whether a folder stands for the files in it
     * @param failures is told about what cannot be paired, which does not keep the others from it
     */
    UploadPairs(ShellContext context, boolean recursive, Failures failures) {
        this.context = context;
        this.local = new LocalOperands(context.folder());
        this.recursive = recursive;
        this.failures = failures;
    }

    List<FilePair> of(List<Operand> operands) throws UsageException, ClientException {
        Sides sides = Sides.of(operands, Sides.last(operands).isFolder());
        String folder = sides.folder().map(Operand::text).orElse("");
        Optional<String> otherName = sides.otherName().isPresent()
                ? Optional.of(sides.otherName().get().key().text())
                : Optional.empty();
        for (Operand name : sides.names()) {
            List<Path> files = expand(name);
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

    private List<Path> expand(Operand name) throws UsageException {
        try {
            return local.expand(name);
        } catch (ClientException e) {
            fail(name.text(), e);
            return List.of();
        }
    }

    private void add(Path file, String key) throws ClientException {
        if (!Files.isDirectory(file)) {
            pair(file, key);
            return;
        }
        if (!recursive) {
            fail(file, file + " is a folder; -r takes all that is in it");
            return;
        }
        List<Path> tree = LocalTree.files(file, context.console()::notice, (part, e) -> fail(part.toString(), e));
        for (Path inside : tree) {
            pair(inside, key + "/" + file.relativize(inside));
        }
    }

    private void pair(Path file, String key) {
        try {
            pairs.add(new FilePair(file, Operand.keyOf(key)));
        } catch (UsageException e) {
            fail(file, e.getMessage() + " Put it alone, under another key.");
        }
    }

    private void fail(Path file, String message) {
        fail(file.toString(), new ClientException(Problem.LOCAL_FILE, message));
    }

    private void fail(String name, ClientException e) {
        failures.add(pairs.size(), Facts.of("file", name), e);
    }

    /** The name of a folder that is named {@code .} or {@code ..} is its real one. */
    private static String lastSegment(Path file) {
        Path name = file.toAbsolutePath().normalize().getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
