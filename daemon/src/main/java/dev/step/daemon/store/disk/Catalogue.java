package dev.step.daemon.store.disk;

import dev.step.daemon.store.StoredFile;
import dev.step.protocol.Key;
import java.io.IOException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's complete files: on the disk, and sorted in memory. Anyone may read at any time; whoever changes it holds
 * the lock of the user's names. A change is seen by readers once it is durable.
 */
final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    /** Rewriting is worth its while from here on, when more than half of the lines say nothing any more. */
    private static final int MIN_LINES_TO_COMPACT = 1_000;

    private final NavigableMap<String, StoredFile> files = new ConcurrentSkipListMap<>(Key::compareUtf8);
    private final CatalogueFile file;
    /** The size of the map, which does not know it. */
    private int count;

    private int linesToCompact = MIN_LINES_TO_COMPACT;

    Catalogue(CatalogueFile file) {
        this.file = file;
    }

    void load() throws IOException {
        file.load(this::apply);
        compactIfWorthwhile();
    }

    Optional<StoredFile> find(Key key) {
        return Optional.ofNullable(files.get(key.text()));
    }

    /** The files by the texts of their keys, in the order of listings. */
    NavigableMap<String, StoredFile> files() {
        return Collections.unmodifiableNavigableMap(files);
    }

    /** Makes sure that changes can be written, after one that could not. */
    void mend() throws IOException {
        file.mend(files.values());
    }

    /** Writes a change, and only then makes it seen. */
    void change(CatalogueChange change) throws IOException {
        mend();
        file.append(change);
        apply(change);
        compactIfWorthwhile();
    }

    private void apply(CatalogueChange change) {
        if (change instanceof CatalogueChange.Put put) {
            boolean added = files.put(put.file().key().text(), put.file()) == null;
            count += added ? 1 : 0;
        } else if (change instanceof CatalogueChange.Delete delete) {
            boolean removed = files.remove(delete.key().text()) != null;
            count -= removed ? 1 : 0;
        }
    }

    /** What was to be done is done already, so a disk that refuses this is only logged; the next try comes later. */
    private void compactIfWorthwhile() {
        if (file.lines() <= linesToCompact || file.lines() <= 2 * count) {
            return;
        }
        try {
            file.rewrite(files.values());
            linesToCompact = MIN_LINES_TO_COMPACT;
        } catch (IOException e) {
            linesToCompact = 2 * file.lines();
            LOG.warn("Could not compact a catalogue of {} lines: {}", file.lines(), e.toString());
        }
    }
}
