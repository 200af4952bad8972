package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.store.Refusals;
import dev.step.protocol.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes synced contents the files of their keys, all that wait at once: they share the syncs of folders and of the
 * catalogue, which cost most with many small files. What fails one of them does not fail the others, unless they share it.
 *
 * <p>{@link #add} is for any thread, the rest for the one that holds the lock of the user's names.
 */
final class GroupPublisher {
    private final Queue<PendingFile> waiting = new ConcurrentLinkedQueue<>();
    private final Disk disk;
    private final UserPaths paths;
    private final Folders folders;
    private final UploadFolders uploadFolders;

    GroupPublisher(Disk disk, UserPaths paths, Folders folders, UploadFolders uploadFolders) {
        this.disk = disk;
        this.paths = paths;
        this.folders = folders;
        this.uploadFolders = uploadFolders;
    }

    void add(PendingFile file) {
        waiting.add(file);
    }

    /** Lets it wait no longer, if it does. */
    void fail(PendingFile file, IOException cause) {
        if (!file.isSettled()) {
            waiting.remove(file);
            file.failed(cause);
        }
    }

    /**
     * Publishes what waits, as much as one line of the catalogue holds, and one content of each key.
     *
     * @return what was replaced, whose bytes nobody needs any more
     */
    List<CatalogueEntry> publishNext(Catalogue catalogue) {
        List<Step> steps = takeBatch(catalogue);
        try {
            moveToPlaces(steps);
            enter(unsettled(steps), catalogue);
            List<Step> entered = unsettled(steps);
            entered.forEach(this::finish);
            return entered.stream().flatMap(step -> step.old.stream()).toList();
        } finally { // a bug must not leave others waiting for ever
            unsettled(steps).forEach(step -> step.file.failed(new IOException("publishing was cut short")));
        }
    }

    private static List<Step> unsettled(List<Step> steps) {
        return steps.stream().filter(step -> !step.file.isSettled()).toList();
    }

    private List<Step> takeBatch(Catalogue catalogue) {
        List<Step> steps = new ArrayList<>();
        Set<Key> keys = new HashSet<>();
        for (PendingFile file = waiting.peek();
                file != null && steps.size() < CatalogueLine.MAX_CHANGES && keys.add(file.key());
                file = waiting.peek()) {
            waiting.remove();
            Optional<CatalogueEntry> old = catalogue.find(file.key());
            if (old.isPresent() && !file.mayReplace()) {
                file.refused(Refusals.exists(file.key()));
            } else {
                steps.add(new Step(file, old, paths.file(Tree.ofNext(old), file.key())));
            }
        }
        return steps;
    }

    private void moveToPlaces(List<Step> steps) {
        Map<Path, List<Step>> byFolder = new LinkedHashMap<>();
        for (Step step : steps) {
            byFolder.computeIfAbsent(Folders.parentOf(step.target), any -> new ArrayList<>())
                    .add(step);
        }
        byFolder.forEach(this::moveTo);
    }

    /** Looks at the folder once for all of them, and syncs it once. */
    private void moveTo(Path folder, List<Step> steps) {
        attempt(steps, () -> folders.make(folder));
        for (Step step : unsettled(steps)) {
            attempt(List.of(step), () -> disk.rename(step.file.data(), step.target));
        }
        attempt(unsettled(steps), () -> disk.syncFolder(folder));
    }

    private void enter(List<Step> placed, Catalogue catalogue) {
        attempt(placed, () -> {
            if (placed.stream().anyMatch(step -> step.old.isPresent())) {
                uploadFolders.makeRemovalsDurable();
            }
            catalogue.change(placed.stream().map(Step::change).toList());
        });
    }

    private void finish(Step step) {
        UploadFolder folder = step.file.folder();
        if (folder != null) {
            uploadFolders.remove(folder);
        }
        step.file.published();
    }

    private static void attempt(List<Step> steps, DiskWork work) {
        if (steps.isEmpty()) {
            return;
        }
        try {
            work.run();
        } catch (IOException e) {
            steps.forEach(step -> step.file.failed(e));
        }
    }

    /**
     * One content on its way to its key.
     *
     * @param target where its bytes go: never where the catalogue says that there is a content
     */
    private record Step(PendingFile file, Optional<CatalogueEntry> old, Path target) {
        CatalogueChange change() {
            return new CatalogueChange.Put(new CatalogueEntry(file.file(), Tree.ofNext(old)));
        }
    }

    /** What the disk may refuse. */
    private interface DiskWork {
        void run() throws IOException;
    }
}
