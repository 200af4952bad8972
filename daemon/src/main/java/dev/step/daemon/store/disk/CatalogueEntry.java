package dev.step.daemon.store.disk;

import dev.step.daemon.store.StoredFile;

/**
 * A complete file, and where its bytes lie.
 *
 * @param tree in which of the two trees
 */
record CatalogueEntry(StoredFile file, Tree tree) {}
