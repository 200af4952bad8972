package dev.step.shell.command;

import dev.step.shell.client.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The local files that operands stand for. */
final class LocalOperands {
    private static final String HIDDEN = ".";

    private final Path folder;

    /** Names are seen from this folder. */
    LocalOperands(Path folder) {
        this.folder = folder;
    }

    /**
     * The files that an operand stands for, in the order of their names. A pattern that nothing matches is taken as a
     * name, and so is one that is the name of a file: {@code a[1].txt} is what it looks like.
     */
    List<Path> expand(Operand operand) throws UsageException, ClientException {
        Path named = operand.path(folder);
        if (!operand.isPattern() || Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(named);
        }
        List<Path> found = List.of(start(operand.word()));
        for (String segment : operand.word().replaceFirst("^~/", "").split("/", -1)) {
            List<Path> next = new ArrayList<>();
            for (Path parent : found) {
                next.addAll(step(parent, segment));
            }
            found = next;
        }
        return found.isEmpty() ? List.of(named) : found;
    }

    private Path start(String word) {
        if (word.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"));
        }
        return word.startsWith("/") ? Path.of("/") : folder;
    }

    private static List<Path> step(Path parent, String segment) throws UsageException, ClientException {
        if (segment.isEmpty()) {
            return List.of(parent);
        }
        if (!Words.isPattern(segment)) {
            Path file = Operand.resolve(parent, Words.plain(segment));
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? List.of(file) : List.of();
        }
        return Files.isDirectory(parent) ? matching(parent, segment) : List.of();
    }

    private static List<Path> matching(Path parent, String segment) throws ClientException {
        Pattern pattern = Glob.pattern(segment);
        boolean hiddenToo = segment.startsWith(HIDDEN);
        List<Path> names;
        try (Stream<Path> files = Files.list(parent)) {
            names = files.flatMap(file -> Stream.ofNullable(file.getFileName())).toList();
        } catch (IOException e) {
            throw ClientException.local(parent, e);
        } catch (UncheckedIOException e) {
            throw ClientException.local(parent, new IOException(e.getMessage(), e));
        }
        return names.stream()
                .filter(name -> hiddenToo || !name.toString().startsWith(HIDDEN))
                .filter(name -> pattern.matcher(name.toString()).matches())
                .sorted()
                .map(parent::resolve)
                .toList();
    }
}
