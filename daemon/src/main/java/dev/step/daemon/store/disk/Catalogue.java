package dev.step.daemon.store.disk;

import dev.step.daemon.store.Usage;
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
    /** What they take, kept up with every change; changed under the lock only. */
    private volatile Usage usage = Usage.NOTHING;

    private int changesToCompact = MIN_CHANGES_TO_COMPACT;

    Catalogue(CatalogueFile file) {
        this.file = file;
    }

    void load() throws IOException {
        Map<Key, CatalogueEntry> loaded = new LinkedHashMap<>();
        file.load(change -> change.applyTo(loaded));
        files.putAll(loaded);
        usage = new Usage(
                loaded.size(),
                loaded.values().stream().mapToLong(entry -> entry.file().size()).sum());
        compactIfWorthwhile();
    }

    Optional<CatalogueEntry> find(Key key) {
        return files.get(key);
    }

    Listing.Page<CatalogueEntry> page(ListQuery query) {
        return files.page(query);
    }

    /** What they take. */
    Usage usage() {
        return usage;
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
            put(put.entry());
        } else if (change instanceof CatalogueChange.Move move) {
            put(move.entry());
            remove(move.from());
        } else if (change instanceof CatalogueChange.Delete delete) {
            remove(delete.key());
        }
    }

    private void put(CatalogueEntry entry) {
        Optional<CatalogueEntry> old = files.replace(entry.file().key(), entry);
        Usage before = old.isPresent() ? usage.without(old.get().file().size()) : usage;
        usage = before.with(entry.file().size());
    }

    private void remove(Key key) {
        Optional<CatalogueEntry> old = files.remove(key);
        if (old.isPresent()) {
            usage = usage.without(old.get().file().size());
        }
    }

    /** What was to be done is done already, so a disk that refuses this is only logged; the next try comes later. */
    private void compactIfWorthwhile() {
        if (file.changes() <= changesToCompact || file.changes() <= 2 * usage.files()) {
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
