package dev.step.daemon.store.disk;

import dev.step.daemon.disk.Disk;
import dev.step.daemon.disk.DiskFile;
import dev.step.daemon.disk.PathKind;
import dev.step.daemon.store.Usage;
import dev.step.protocol.Key;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a catalogue says, read without changing it: its sound lines, those behind damaged ones too. What a crash has left
 * of the last line is no damage: the next server cuts it off.
 *
 * @param exists whether there is a catalogue
 * @param damage what is wrong with it, in words for the admin; empty if nothing is
 */
record CatalogueReading(boolean exists, Optional<String> damage, Map<Key, CatalogueEntry> entries) {
    static CatalogueReading of(Disk disk, UserPaths paths) throws IOException {
        if (disk.kind(paths.catalogue()) != PathKind.FILE) {
            return new CatalogueReading(false, Optional.empty(), Map.of());
        }
        Map<Key, CatalogueEntry> entries = new LinkedHashMap<>();
        try (DiskFile file = disk.openForReading(paths.catalogue())) {
            Optional<String> damage = read(file, entries);
            return new CatalogueReading(true, damage, entries);
        }
    }

    /**
     * What a catalogue says of which nothing may be missing.
     *
     * @throws IOException in words for the admin, when it is damaged
     */
    static Map<Key, CatalogueEntry> sound(Disk disk, UserPaths paths) throws IOException {
        CatalogueReading reading = of(disk, paths);
        if (reading.damage().isPresent()) {
            throw new IOException(
                    paths.catalogue() + ": " + reading.damage().get() + "; \"store check --repair\" mends it");
        }
        return reading.entries();
    }

    /** What the files take. */
    Usage usage() {
        long bytes = entries.values().stream()
                .mapToLong(entry -> entry.file().size())
                .sum();
        return new Usage(entries.size(), bytes);
    }

    private static Optional<String> read(DiskFile file, Map<Key, CatalogueEntry> entries) throws IOException {
        CatalogueScan scan = new CatalogueScan(file);
        scan.run(change -> change.applyTo(entries));
        int firstDamaged = scan.lines() + 1;
        int damaged = 0;
        while (scan.soundEnd() < file.size() && scan.torn().isEmpty()) {
            damaged++;
            scan.skipLine();
            scan.run(change -> change.applyTo(entries));
        }
        return damaged == 0
                ? Optional.empty()
                : Optional.of(damaged + " of its lines cannot be read, the first of them line " + firstDamaged);
    }
}
