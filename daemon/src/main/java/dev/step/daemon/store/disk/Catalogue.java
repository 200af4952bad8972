package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import dev.step.protocol.message.ListQuery;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's complete files: on the disk, and sorted in memory. Anyone may read at any time; whoever changes it holds
 * the lock of the user's names. A change is seen by readers once it is durable.
 */
final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    /** Rewriting is worth its while from here on, when more than half of the changes say nothing any more. */
    private static final int MIN_CHANGES_TO_COMPACT = 1_000;

    private final KeyIndex<CatalogueEntry> files = new KeyIndex<>();
    private final CatalogueFile file;
    /** How many there are: the index does not know. */
    private int count;

    private int changesToCompact = MIN_CHANGES_TO_COMPACT;

    Catalogue(CatalogueFile file) {
        this.file = file;
    }

    void load() throws IOException {
        Map<Key, CatalogueEntry> loaded = new LinkedHashMap<>();
        file.load(change -> change.applyTo(loaded));
        files.putAll(loaded);
        count = loaded.size();
        compactIfWorthwhile();
    }

    Optional<CatalogueEntry> find(Key key) {
        return files.get(key);
    }

    Listing.Page<CatalogueEntry> page(ListQuery query) {
        return files.page(query);
    }

    /** All of them, in the order of listings. */
    Collection<CatalogueEntry> files() {
        return files.values();
    }

    /** Makes sure that changes can be written, after one that could not. */
    void mend() throws IOException {
        file.mend(files.values());
    }

    /** Writes changes, all or none, and only then makes them seen. */
    void change(List<CatalogueChange> changes) throws IOException {
        mend();
        file.append(changes);
        changes.forEach(this::apply);
        compactIfWorthwhile();
    }

    private void apply(CatalogueChange change) {
        if (change instanceof CatalogueChange.Put put) {
            count += files.put(put.entry().file().key(), put.entry()) ? 1 : 0;
        } else if (change instanceof CatalogueChange.Move move) {
            count += files.put(move.entry().file().key(), move.entry()) ? 1 : 0;
            count -= files.remove(move.from()) ? 1 : 0;
        } else if (change instanceof CatalogueChange.Delete delete) {
            count -= files.remove(delete.key()) ? 1 : 0;
        }
    }

    /** What was to be done is done already, so a disk that refuses this is only logged; the next try comes later. */
    private void compactIfWorthwhile() {
        if (file.changes() <= changesToCompact || file.changes() <= 2 * count) {
            return;
        }
        try {
            file.rewrite(files.values());
            changesToCompact = MIN_CHANGES_TO_COMPACT;
        } catch (IOException e) {
            changesToCompact = 2 * file.changes();
            LOG.warn("Could not compact a catalogue of {} changes: {}", file.changes(), e.toString());
        }
    }
}
