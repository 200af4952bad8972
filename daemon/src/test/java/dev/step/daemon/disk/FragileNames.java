package dev.step.daemon.disk;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The names on a disk, as they are now, and as they surely are after a power cut. Changes become durable in the order in
 * which they were made, each as a whole, as in a file system with a journal: a folder that is synced takes with it
 * everything up to the last change in it.
 */
final class FragileNames {
    private static final FragileBytes FOLDER = new FragileBytes();

    private Map<Path, FragileBytes> current = new TreeMap<>();
    private final Map<Path, FragileBytes> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    private record Change(Set<Path> folders, Consumer<Map<Path, FragileBytes>> change) {}

    private void change(Set<Path> folders, Consumer<Map<Path, FragileBytes>> change) {
        change.accept(current);
        unsynced.add(new Change(folders, change));
    }

    /** Makes a folder, with those above it, and their names durable. */
    void makeHome(Path folder) {
        for (Path step = folder; step != null; step = step.getParent()) {
            current.put(step, FOLDER);
            durable.put(step, FOLDER);
        }
    }

    PathKind kind(Path path) {
        FragileBytes found = current.get(path);
        return found == null ? PathKind.NOTHING : found == FOLDER ? PathKind.FOLDER : PathKind.FILE;
    }

    List<String> list(Path folder) throws NoSuchFileException {
        needs(folder, PathKind.FOLDER);
        return current.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> path.getFileName().toString())
                .toList();
    }

    FragileBytes bytes(Path file) throws NoSuchFileException {
        needs(file, PathKind.FILE);
        return current.get(file);
    }

    void createFolder(Path folder) throws FileAlreadyExistsException, NoSuchFileException {
        create(folder, FOLDER);
    }

    void createFile(Path file) throws FileAlreadyExistsException, NoSuchFileException {
        create(file, new FragileBytes());
    }

    private void create(Path path, FragileBytes content) throws FileAlreadyExistsException, NoSuchFileException {
        needs(path.getParent(), PathKind.FOLDER);
        if (kind(path) != PathKind.NOTHING) {
            throw new FileAlreadyExistsException(path.toString());
        }
        change(Set.of(path.getParent()), names -> names.put(path, content));
    }

    void rename(Path from, Path to) throws NoSuchFileException {
        needs(to.getParent(), PathKind.FOLDER);
        if (kind(from) == PathKind.NOTHING) {
            throw new NoSuchFileException(from.toString());
        }
        change(Set.copyOf(List.of(from.getParent(), to.getParent())), names -> move(names, from, to));
    }

    private static void move(Map<Path, FragileBytes> names, Path from, Path to) {
        List<Path> moved =
                names.keySet().stream().filter(path -> path.startsWith(from)).toList();
        for (Path path : moved) {
            names.put(path.equals(from) ? to : to.resolve(from.relativize(path)), names.remove(path));
        }
    }

    void link(Path file, Path name) throws FileAlreadyExistsException, NoSuchFileException {
        create(name, bytes(file));
    }

    void deleteFile(Path file) throws NoSuchFileException {
        needs(file, PathKind.FILE);
        change(Set.of(file.getParent()), names -> names.remove(file));
    }

    boolean deleteFolder(Path folder) throws NoSuchFileException {
        boolean empty = list(folder).isEmpty();
        if (empty) {
            change(Set.of(folder.getParent()), names -> names.remove(folder));
        }
        return empty;
    }

    void syncFolder(Path folder) throws NoSuchFileException {
        needs(folder, PathKind.FOLDER);
        int last = unsynced.size() - 1;
        while (last >= 0 && !unsynced.get(last).folders().contains(folder)) {
            last--;
        }
        makeDurable(last + 1);
    }

    private void makeDurable(int changes) {
        List<Change> first = unsynced.subList(0, changes);
        first.forEach(change -> change.change().accept(durable));
        first.clear();
    }

    private void needs(Path path, PathKind kind) throws NoSuchFileException {
        if (kind(path) != kind) {
            throw new NoSuchFileException(path.toString());
        }
    }

    /** Of the changes that were not synced, some of the first are made; what the names lead to loses power, too. */
    void losePower(Random random) {
        makeDurable(random.nextInt(unsynced.size() + 1));
        unsynced.clear();
        current = new TreeMap<>(durable);
        Set<FragileBytes> left = Collections.newSetFromMap(new IdentityHashMap<>());
        for (FragileBytes bytes : current.values()) {
            if (left.add(bytes)) {
                bytes.losePower(random);
            }
        }
    }
}
