package dev.step.daemon.store.disk;

import dev.step.protocol.Key;
import java.util.List;
import java.util.Map;

/**
 * What a check has found of one user.
 *
 * @param catalogueIsRight whether the catalogue says exactly what {@code sound} says
 * @param sound the files that are what the catalogue says, or, where there is no catalogue, what is there
 * @param values how many values there are that can be read
 */
record UserReport(List<Fault> faults, boolean catalogueIsRight, Map<Key, CatalogueEntry> sound, long values) {
    /** What the files take, in bytes. */
    long bytes() {
        return sound.values().stream().mapToLong(entry -> entry.file().size()).sum();
    }
}
