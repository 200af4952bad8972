package dev.step.s3;

import dev.step.daemon.store.StoredFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What files' objects have said, by name and tag: never old, because another content has another tag. The names that were not
 * asked for longest are forgotten. Safe for any number of threads.
 */
final class KnownFiles {
    /** Some 500 bytes each. */
    private static final int MOST = 50_000;

    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    });

    Optional<StoredFile> get(ObjectStorage.Entry entry) {
        return Optional.ofNullable(known.get(entry.name()))
                .filter(one -> one.tag().equals(entry.tag()))
                .map(Known::file);
    }

    void put(String name, String tag, StoredFile file) {
        known.put(name, new Known(tag, file));
    }

    private record Known(String tag, StoredFile file) {}
}
