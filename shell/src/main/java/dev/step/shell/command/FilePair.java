package dev.step.shell.command;

import dev.step.protocol.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local file and the key that belongs to it: the one rule by which operands are read. A last operand that ends in a slash
 * is a folder, with exactly two operands the second one is the other side's name, otherwise all of them are names and the
 * other side's are their last segments.
 */
record FilePair(Path file, Key key) {
    /** For what starts from local files: {@code FILE… [KEY|folder/]}. */
    static List<FilePair> fromFiles(List<Operand> operands, Path folder) throws UsageException {
        Operand last = operands.get(operands.size() - 1);
        if (operands.size() == 2 && !last.isFolder()) {
            return List.of(new FilePair(operands.get(0).path(folder), last.key()));
        }
        boolean intoFolder = operands.size() > 1 && last.isFolder();
        List<FilePair> pairs = new ArrayList<>();
        for (Operand operand : intoFolder ? operands.subList(0, operands.size() - 1) : operands) {
            Path file = operand.path(folder);
            pairs.add(new FilePair(file, Operand.keyOf((intoFolder ? last.text() : "") + lastSegment(file))));
        }
        return pairs;
    }

    /** For what starts from keys: {@code KEY… [FILE|folder/]}, where a folder may also be one that exists. */
    static List<FilePair> fromKeys(List<Operand> operands, Path folder) throws UsageException {
        Operand last = operands.get(operands.size() - 1);
        boolean intoFolder = operands.size() > 1
                && (last.isFolder() || (operands.size() == 2 && Files.isDirectory(last.path(folder))));
        if (operands.size() == 2 && !intoFolder) {
            return List.of(new FilePair(last.path(folder), operands.get(0).key()));
        }
        List<FilePair> pairs = new ArrayList<>();
        for (Operand operand : intoFolder ? operands.subList(0, operands.size() - 1) : operands) {
            Path target = intoFolder ? last.path(folder) : folder;
            pairs.add(new FilePair(Operand.resolve(target, lastSegment(operand)), operand.key()));
        }
        return pairs;
    }

    private static String lastSegment(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static String lastSegment(Operand key) throws UsageException {
        String name = key.text().substring(key.text().lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw new UsageException("the key " + key + " has no last segment; name the local file, too");
        }
        return name;
    }
}
