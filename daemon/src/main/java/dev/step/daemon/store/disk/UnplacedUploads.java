package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.journal.JournalHeader;
import dev.step.daemon.journal.JournalRecovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that a stop has caught between renaming their data to its key's place and entering it in the catalogue: the
 * next server renames it back.
 */
final class UnplacedUploads {
    /** By both places where a key's content can lie, which upload's it may be. */
    private final Map<Path, String> places = new HashMap<>();

    static UnplacedUploads in(Disk disk, StorePaths paths, List<UploadFolder> uploads) throws IOException {
        JournalRecovery journals = new JournalRecovery(disk, paths.uploads(), paths.quarantine());
        UnplacedUploads unplaced = new UnplacedUploads();
        for (UploadFolder upload : uploads) {
            Optional<JournalHeader> header = journals.header(upload.id());
            if (header.isPresent() && disk.kind(upload.data()) == PathKind.NOTHING) {
                UserPaths user = paths.user(header.get().target().user());
                for (Tree tree : Tree.values()) {
                    Path place = user.file(tree, header.get().target().key());
                    unplaced.places.put(place, upload.id().toString());
                }
            }
        }
        return unplaced;
    }

    /**
     * Whether what lies at a place is such an upload's data.
     *
     * @param entry what the catalogue says of the key, which is not that it lies there
     */
    boolean mayLieAt(Path place, @Nullable CatalogueEntry entry) {
        String version = places.get(place);
        return version != null && (entry == null || !entry.file().version().equals(version));
    }
}
