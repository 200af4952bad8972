package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import java.util.Map;

/** What a line of a catalogue says. */
sealed interface CatalogueChange {
    /** Makes files what they are after this. */
    void applyTo(Map<Key, CatalogueEntry> files);

    /** There is this file, in place of any other of its key. */
    record Put(CatalogueEntry entry) implements CatalogueChange {
        @Override
        public void applyTo(Map<Key, CatalogueEntry> files) {
            files.put(entry.file().key(), entry);
        }
    }

    /** There is this file, in place of any other of its key; it had that other key until now. */
    record Move(CatalogueEntry entry, Key from) implements CatalogueChange {
        @Override
        public void applyTo(Map<Key, CatalogueEntry> files) {
            files.remove(from);
            files.put(entry.file().key(), entry);
        }
    }

    /** There is no file of this key any more. */
    record Delete(Key key) implements CatalogueChange {
        @Override
        public void applyTo(Map<Key, CatalogueEntry> files) {
            files.remove(key);
        }
    }
}
