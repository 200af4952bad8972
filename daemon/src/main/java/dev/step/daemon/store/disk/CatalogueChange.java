package dev.step.daemon.store.disk;

import dev.step.protocol.Key;

/** What a line of a catalogue says. */
sealed interface CatalogueChange {
    /** There is this file, in place of any other of its key. */
    record Put(CatalogueEntry entry) implements CatalogueChange {}

    /** There is no file of this key any more. */
    record Delete(Key key) implements CatalogueChange {}
}
